/* 旧地址的跳转页：# 后面的位置一起带到新地址；改了名字的位置，页面里列着新的。 */
(function () {
  "use strict";
  var mark = location.hash.slice(1), to = document.getElementById("new").href;
  try { mark = decodeURIComponent(mark); } catch (e) { /* 写坏的照原样 */ }
  var named = mark && mark !== "new" && document.getElementById(mark);
  location.replace(named ? named.href : mark ? to.split("#")[0] + location.hash : to);
})();

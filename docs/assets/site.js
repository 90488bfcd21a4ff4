/* 页面没有脚本也是对的。这里只添上和今天有关的话，记住长者模式，朗读，复制标语。
   老浏览器也要能跑：不用模块、箭头函数和新接口。日期一律按北京时间。 */
(function () {
  "use strict";
  var root = document.documentElement;
  var WEEK = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];

  function each(selector, act, inside) {
    Array.prototype.forEach.call((inside || document).querySelectorAll(selector), act);
  }

  /* 今天：?today=2026-12-13T09:30 可以指定，供预览和测试 */
  function beijing() {
    var asked = /[?&]today=(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}))?/.exec(location.search);
    if (asked && !isNaN(Date.parse(asked[1] + "T00:00:00Z"))) return { date: asked[1], minute: Number(asked[2] || 12) * 60 + Number(asked[3] || 0) };
    var now = new Date(Date.now() + 8 * 3600 * 1000);
    return { date: now.toISOString().slice(0, 10), minute: now.getUTCHours() * 60 + now.getUTCMinutes() };
  }
  var now = beijing();
  function days(date) { return Math.round(Date.parse(date + "T00:00:00Z") / 86400000); }
  var today = days(now.date);

  /* 长者模式 */
  var elder = document.getElementById("elder");
  if (elder) {
    elder.checked = root.className === "E" || elder.checked;
    var apply = function () {
      root.className = elder.checked ? "E" : "";
      elder.nextElementSibling.textContent = elder.checked ? "普通模式" : "长者模式";
    };
    apply();
    elder.addEventListener("change", function () {
      apply();
      try { localStorage.setItem("elder", elder.checked ? "1" : "0"); } catch (e) { /* 不让存，就只管这一页 */ }
    });
  }

  /* 庄重的日子收起颜色 */
  if ((document.body.getAttribute("data-solemn") || "").split(" ").indexOf(now.date) >= 0) root.setAttribute("data-mourning", "");

  /* 还有几天；庄重的日子不倒数 */
  each(".left[data-start]", function (node) {
    var start = days(node.getAttribute("data-start")), end = days(node.getAttribute("data-end"));
    var item = node.closest ? node.closest("li") : null;
    if (today > end) { node.textContent = "已过"; if (item) item.className += " past"; }
    else if (today >= start) node.textContent = start === end ? "就是今天" : "正在进行";
    else if (!node.hasAttribute("data-solemn")) node.textContent = "还有" + (start - today) + "天";
  });
  each("ol[data-next]", function (list) {
    var most = Number(list.getAttribute("data-next")), left = most;
    each("li[data-end]", function (item) {
      var show = days(item.getAttribute("data-end")) >= today && left > 0;
      item.hidden = !show;
      if (show && left < most) item.className += " second";
      if (show) left -= 1;
    }, list);
    each(".nothing", function (item) { item.hidden = left < most; }, list);
  });

  /* 日历：下一个日子在最前，过去的收在下面；一年都过去了，照原样 */
  var printing = [];
  each("ol.dates", function (list) {
    var fold = document.createElement("details"), title = document.createElement("summary"), older = list.cloneNode(false);
    var past = list.querySelectorAll(".past");
    if (!past.length || past.length === list.children.length) return;
    title.textContent = "已经过去的" + past.length + "个日子";
    fold.appendChild(title);
    fold.appendChild(older);
    list.parentNode.insertBefore(fold, list.nextSibling);
    var first = past[past.length - 1].nextElementSibling;
    var move = function (paper) {
      each(".past", function (item) { if (paper) list.insertBefore(item, first); else older.appendChild(item); }, list.parentNode);
      fold.hidden = paper;
    };
    move(false);
    printing.push(move);
    var aim = location.hash && document.getElementById(location.hash.slice(1));
    if (aim && older.contains(aim)) { fold.open = true; aim.scrollIntoView(); }
  });

  /* 村史馆今天开不开 */
  each(".today[data-timetable]", function (node) {
    var table = JSON.parse(node.getAttribute("data-timetable"));
    var index = (today + 3) % 7; /* 1970-01-01 是星期四 */
    var spans = table.week[index];
    var state = node.querySelector(".state");
    var why = "";
    table.closed.forEach(function (c) { if (now.date >= c[0] && now.date <= c[1]) why = c[2]; });
    if (why || !spans.length) {
      state.textContent = "今天闭馆" + (why ? "（" + why + "）" : "（" + WEEK[index] + "）");
    } else {
      var last = spans[spans.length - 1][1];
      state.textContent = now.minute >= last ? "今天已经关门 " : "今天开放 ";
      var hours = document.createElement("span");
      hours.className = "open-hours";
      table.words[index].split("，").forEach(function (span, i, all) {
        var part = document.createElement("span");
        part.className = "nw";
        part.textContent = span + (i < all.length - 1 ? "，" : "");
        hours.appendChild(part);
      });
      state.appendChild(hours);
    }
  });

  /* 太久没有核对的，请先打电话 */
  each("[data-reviewed]", function (node) {
    var date = node.getAttribute("data-reviewed"), parts = date.split("-");
    if (today - days(date) <= Number(node.getAttribute("data-days"))) return;
    node.textContent = "上次核对是" + parts[0] + "年" + Number(parts[1]) + "月" + Number(parts[2]) + "日，" + node.getAttribute("data-ask") + "。";
    node.hidden = false;
  });
  root.setAttribute("data-ready", "");

  /* 过期的通知 */
  each("[data-expires]", function (node) {
    if (now.date > node.getAttribute("data-expires")) node.insertBefore(document.createTextNode("已归档。"), node.firstChild);
  });

  /* 纸上全有：折叠的展开，日历照日期排；印完收回去 */
  window.addEventListener("beforeprint", function () {
    printing.forEach(function (move) { move(true); });
    each("details:not([open])", function (fold) { fold.open = true; fold.setAttribute("data-closed", ""); });
  });
  window.addEventListener("afterprint", function () {
    printing.forEach(function (move) { move(false); });
    each("details[data-closed]", function (fold) { fold.open = false; fold.removeAttribute("data-closed"); });
  });

  /* 朗读：浏览器自己会读才给按钮 */
  var read = document.querySelector("button.read");
  var voice = window.speechSynthesis;
  if (read && voice && window.SpeechSynthesisUtterance) {
    var label = read.querySelector("span");
    read.hidden = false;
    read.addEventListener("click", function () {
      if (voice.speaking) { voice.cancel(); label.textContent = "读给我听"; return; }
      var text = document.querySelector("main article").cloneNode(true);
      each("script, .source-line, .tools, nav, svg, .downloads, .step, form", function (part) { part.parentNode.removeChild(part); }, text);
      label.textContent = "停下";
      var parts = text.textContent.replace(/\s+/g, " ").match(/[^。！？；]+[。！？；]?/g) || [];
      parts.forEach(function (part, i) {
        var said = new window.SpeechSynthesisUtterance(part);
        said.lang = "zh-CN";
        said.rate = 0.9;
        if (i === parts.length - 1) said.onend = function () { label.textContent = "读给我听"; };
        voice.speak(said);
      });
    });
    window.addEventListener("pagehide", function () { voice.cancel(); });
  }

  /* 复制标语 */
  if (navigator.clipboard) {
    each(".slogan", function (card) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = "复制标语";
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(card.querySelector(".words").textContent).then(
          function () { button.textContent = "已复制"; },
          function () { button.textContent = "请长按文字复制"; }
        );
      });
      card.appendChild(button);
    });
  }
})();

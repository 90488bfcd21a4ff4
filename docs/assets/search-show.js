/* 站内搜索：结果、摘录、键盘。每打一个字都找一遍；缺的去取，取齐了再找，这期间原来的结果留着。
   只往页面里放文字节点，不拼 HTML。跑不起来，“请从网站地图里找”那句话（#search-off）就留在页面上；能搜了才收起来。 */
(function (S) {
  "use strict";
  var SNIPPET = 90, FIRST = 4; /* 先画几条 */
  var LATTER = /[\udc00-\udfff]/;

  function byId(id) { return document.getElementById(id); }
  var form = byId("search-form"), box = byId("search-q"), list = byId("search-results"), status = byId("search-status");
  var help = byId("search-help"), likely = byId("search-likely"), off = byId("search-off");
  if (!form || !S || !S.finder) return;
  var finder = null, shown = { key: "", items: [], marks: [] }, rows = 0, isFresh = false, isEntering = false; /* 按了回车，新的结果还没有取到 */
  var done = {}; /* 找全了的一句 */

  /* ---- 一条 ---- */
  function marked(folded, marks) { /* 哪些字要标 */
    var on = [];
    marks.forEach(function (word) {
      for (var at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
        for (var i = 0; i < word.length; i++) on[at + i] = true;
      }
    });
    return on;
  }

  function write(node, text, on, start, end) {
    for (var i = start; i < end;) {
      var from = i;
      while (i < end && !on[i] === !on[from]) i++;
      var piece = document.createTextNode(text.slice(from, i));
      if (on[from]) {
        var mark = document.createElement("mark");
        mark.appendChild(piece);
        piece = mark;
      }
      node.appendChild(piece);
    }
  }

  function said(piece, marks) {
    return marks.filter(function (word) { return piece.indexOf(word) >= 0; }).length;
  }

  /* 摘要，或者正文里说到的词最多的一段（从一句的开头起）。正文还没有取到是 false */
  function snippet(node, item, marks) {
    var written = finder.summary(item), summary = S.fold(written || ""), inSummary = summary ? said(summary, marks) : -1;
    var text = inSummary === marks.length ? "" : finder.text(item), best = 0, most = -1;
    if (written === null || text === null) return false;
    var folded = S.fold(text), on = marked(folded, marks);
    for (var at = 0; at < text.length; at++) {
      if (at && (!on[at] || on[at - 1])) continue;
      var found = said(folded.substr(at, SNIPPET - 20), marks);
      if (found > most) { most = found; best = at; }
    }
    if (summary && inSummary >= most) {
      write(node, written, marked(summary, marks), 0, written.length);
      return true;
    }
    var start = best, end;
    while (start > 0 && best - start < 20 && !/[。；？！\s]/.test(text.charAt(start - 1))) start--;
    end = Math.min(text.length, start + SNIPPET);
    if (LATTER.test(text.charAt(start))) start--; /* 不从一个字的中间断开 */
    if (LATTER.test(text.charAt(end))) end++;
    if (start > 0) node.appendChild(document.createTextNode("…"));
    write(node, text, on, start, end);
    if (end < text.length) node.appendChild(document.createTextNode("…"));
    return true;
  }

  function link(item, marks) {
    var node = document.createElement("a");
    node.setAttribute("href", item.url);
    write(node, item.title, marked(S.fold(item.title), marks), 0, item.title.length);
    return node;
  }

  function row(item, marks) {
    var li = document.createElement("li"), section = document.createElement("span"), text = document.createElement("p");
    section.className = "meta";
    section.textContent = item.section;
    text.item = item;
    [link(item, marks), section, text].forEach(function (node) { li.appendChild(node); });
    return li;
  }

  /* ---- 一列 ---- */
  function links() { return Array.prototype.slice.call(list.querySelectorAll("a")); }

  function later(act) { /* 画出来以后再做 */
    if (window.requestAnimationFrame) window.requestAnimationFrame(function () { setTimeout(act, 0); }); else setTimeout(act, 20);
  }

  /* 换上新的：先是前几条的标题，画出来以后再接上其余的、填上摘录。键盘在哪一条，还在哪一条；
     按过回车，到第一条 */
  function show(found) {
    var key = found.items.concat(found.marks).join(" "), isNew = key !== shown.key;
    var held = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
    if (isNew) {
      if (found.items.length && !finder.head(found.items[0])) return; /* 还没有取到 */
      shown = { key: key, items: found.items, marks: found.marks };
      rows = 0;
      list.textContent = "";
    }
    append(held || !(isNew || isFresh) ? shown.items.length : FIRST);
    if (isNew && held) links().forEach(function (each) { if (each.getAttribute("href") === held) each.focus(); });
    if (isEntering && list.firstChild && form.contains(document.activeElement)) links()[0].focus();
    isEntering = false;
    if (!isNew) { if (!isFresh) fill(); return; }
    isFresh = true;
    var items = shown.items.slice(0, FIRST).map(finder.head).filter(function (item) { return item && item.url; });
    setTimeout(function () { items.forEach(finder.summary); }, 0); /* 头几条的摘要，不等画出来就去取 */
    later(function () { isFresh = false; answer(); });
  }

  function append(most) {
    shown.items.slice(0, most).forEach(finder.head); /* 缺的一起去取 */
    for (var item; rows < Math.min(most, shown.items.length) && (item = finder.head(shown.items[rows])); rows++) {
      if (item.url) list.appendChild(row(item, shown.marks));
    }
  }

  /* 看得见的几条填上摘录，下面的滚到了再填 */
  function fill() {
    var bottom = window.innerHeight * 1.5;
    Array.prototype.filter.call(list.querySelectorAll("p"), function (p) { /* 先都量好，再写 */
      return p.item && p.getBoundingClientRect().top <= bottom;
    }).forEach(function (p) {
      if (snippet(p, p.item, shown.marks)) p.item = null;
    });
  }

  /* ---- 找一遍 ---- */
  function asked() { return box.value.replace(/^\s+|\s+$/g, ""); }

  function answer() {
    var text = asked(), found = { items: [], marks: [] };
    S.missing = [];
    if (!finder && S.want("core") && !S.lost("core")) finder = S.finder(S.want("core"));
    if (text) found = done.text === text ? done.found : finder ? finder.find(text) : null;
    if (found && !S.missing.length) done = { text: text, found: found };
    if (found && found.isPart && list.firstChild) found = null; /* 原来的结果留着 */
    if (found && finder) show(found);
    var none = text && found && !found.items.length, isBusy = S.waiting() || isFresh || rows < shown.items.length;
    say(text, found, isBusy);
    help.hidden = !none || isBusy;
    if (none && finder) suggest(finder.likely(text));
    if (isBusy) list.setAttribute("aria-busy", "true"); else list.removeAttribute("aria-busy");
  }

  function say(text, found, isBusy) {
    var words = !text ? "" : found && found.items.length && !found.isPart ? "找到 " + found.items.length + " 条" : isBusy ? "正在找" : found ? "没有找到" : "";
    if (status.textContent !== words) status.textContent = words;
    var why = S.stale ? "网站刚刚更新过，请刷新这一页；还不行，" : finder && S.lost() ? "有的内容没有读到，可能找不全。" : "";
    if (why) off.querySelector(".why").textContent = why;
    if (finder || S.lost()) {
      off.hidden = !S.lost();
      off.setAttribute("data-said", ""); /* 样式里不用再等 */
    }
  }

  function suggest(ids) { /* 最像的两页；一个字也不像，留着写好的 */
    var items = (ids || []).map(finder.head).filter(Boolean);
    if (items.length < 2) return;
    while (likely.firstChild) likely.removeChild(likely.firstChild);
    items.forEach(function (item, i) {
      if (i) likely.appendChild(document.createTextNode("、"));
      likely.appendChild(link(item, []));
    });
  }

  /* 地址跟着变，可以收藏、转发，点进去再回来还在；停下来再改：改一次要十几毫秒，有的浏览器半分钟只许改一百次 */
  var pause = 0;
  function soon() {
    clearTimeout(pause);
    pause = setTimeout(remember, 300);
  }
  function remember() {
    clearTimeout(pause);
    var text = S.clean(box.value).replace(/^\s+|\s+$/g, "");
    if (text === S.query()) return;
    try {
      history.replaceState(null, "", location.pathname + (text ? "?q=" + encodeURIComponent(text) : ""));
    } catch (e) { /* 打开的是文件，有的浏览器不许改 */ }
  }

  function onKey(event) {
    var step = { ArrowDown: 1, Down: 1, ArrowUp: -1, Up: -1 }[event.key];
    if (!step || event.isComposing || event.keyCode === 229) return;
    var all = links(), next = all.indexOf(document.activeElement) + step;
    if (document.activeElement === box && step < 0) return;
    if (next >= all.length) return;
    event.preventDefault();
    (next < 0 ? box : all[next]).focus();
  }

  function sure(act) { /* 半路出错，也不能一声不响 */
    return function () {
      try { return act(); } catch (error) {
        off.hidden = false;
        off.setAttribute("data-said", "");
        list.removeAttribute("aria-busy");
        throw error;
      }
    };
  }

  answer = sure(answer);
  var changed = sure(function () { S.again(); done = {}; answer(); soon(); });
  box.addEventListener("input", function () { isEntering = false; changed(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    isEntering = true;
    changed();
  });
  form.addEventListener("keydown", onKey);
  list.addEventListener("keydown", onKey);
  list.addEventListener("click", remember);
  window.addEventListener("scroll", sure(function () { S.missing = []; fill(); }));
  S.arrived = function () { if (!S.waiting()) answer(); };
  box.value = S.query();
  answer();
})(window.SEARCH);

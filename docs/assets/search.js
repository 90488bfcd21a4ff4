/* 站内搜索，只有 search.html 读它。索引（assets/search/）由 macros/outputs/search.py 写出。
   索引和问句一样切：连着的汉字切成两字一个的词，字母数字是一个词；合着找，一个词对上就算。
   老浏览器也要能跑：ES5，不用模块；只往页面里放文字节点，不拼 HTML。
   跑不起来、索引读不到，“请从网站地图里找”那句话（#search-off）就留在页面上；能搜了才收起来。 */
(function () {
  "use strict";
  var MAX_LENGTH = 120, MAX_RESULTS = 30, TAIL = 0.12, SNIPPET = 90, MAX_PER_LAW = 3;
  var LITERAL = { title: 6, headings: 2, summary: 2, text: 1 };
  var WEAK = { title: 3, headings: 1, summary: 1, text: 0.5 };
  var ALIKE_WEIGHT = 0.5; /* 有字面对上的，读音像的只算一半 */
  var LAW_SHARE = 0.35; /* 条文短，同样的词分数偏高，压一压，让讲解的页面在前 */

  function byId(id) { return document.getElementById(id); }
  var form = byId("search-form"), box = byId("search-q"), list = byId("search-results");
  var status = byId("search-status"), help = byId("search-help"), off = byId("search-off");
  if (!form || !window.MiniSearch) return;

  /* ---- 切词 ---- */
  var simplified = {};
  /* 汉字，连生僻字（𠮷）：它在 JS 里占两个位置，不能从中间切开 */
  var HANZI = "(?:[\\u3400-\\u9fff]|[\\ud840-\\ud888][\\udc00-\\udfff])";
  var RUN = new RegExp(HANZI + "+|[a-z0-9]+", "g"), SAID = new RegExp(HANZI + "+|[a-z]+|[0-9]+", "g");
  var HAN = new RegExp(HANZI), CHARS = /[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g, LATTER = /[\udc00-\udfff]/;

  function chars(text) { return text.match(CHARS) || []; }

  /* 全角变半角、大写变小写、繁体变简体；一个字还是一个字，标记时位置才对得上 */
  function fold(text) {
    var out = "";
    for (var i = 0; i < text.length; i++) {
      var c = text.charAt(i), code = text.charCodeAt(i);
      if (code >= 0x80 && !(code >= 0x3400 && code <= 0x9fff) && c.normalize) {
        var plain = c.normalize("NFKC");
        if (plain.length === 1) c = plain;
      }
      var low = c.toLowerCase();
      if (low.length === 1) c = low;
      out += simplified[c] || c;
    }
    return out;
  }

  function cut(text) {
    var found = [];
    (text.match(RUN) || []).forEach(function (run) {
      var each = HAN.test(run) ? chars(run) : [run];
      if (each.length === 1) found.push(run);
      for (var i = 0; i < each.length - 1; i++) found.push(each[i] + each[i + 1]);
    });
    return found;
  }

  function unique(items) {
    var seen = {};
    return items.filter(function (item) {
      var isNew = !seen["_" + item];
      seen["_" + item] = true;
      return isNew;
    });
  }

  /* ---- 索引 ---- */
  var known = Object.create(null); /* 索引里有的词 */
  var fresh = []; /* 其中还没有按读音排过的 */
  var pages = [], articles = [], laws = [], words = {};

  function index(fields) {
    return new window.MiniSearch({
      fields: fields,
      tokenize: function (text) {
        var found = cut(fold(text));
        found.forEach(function (word) {
          if (!known[word]) fresh.push(word);
          known[word] = true;
        });
        return found;
      },
      processTerm: function (word) { return word; },
      searchOptions: { combineWith: "OR", tokenize: function (word) { return [word]; } }
    });
  }
  var pageIndex = index(["title", "headings", "summary", "text"]);
  var articleIndex = index(["title", "text"]);

  function addPages(part) {
    pageIndex.addAll(part.pages.map(function (row) {
      var page = { id: pages.length, url: row[0], title: row[1], section: part.sections[row[2]], headings: row[3], summary: row[4], text: row[5], share: row[6] };
      pages.push(page);
      return page;
    }));
  }

  function addLaw(row) {
    var law = { url: row[0], name: row[1], names: row[2].concat(row[1]), articles: {} };
    laws.push(law);
    articleIndex.addAll(row[3].map(function (each) {
      var article = {
        id: articles.length, url: law.url + "#art-" + each[0], law: law, number: each[0], section: "法律原文",
        title: law.name, text: each[1]
      };
      law.articles[each[0]] = article;
      articles.push(article);
      return article;
    }));
  }

  /* ---- 读音 ---- */
  var soundOf = {}, polyphones = null, isSyllable = {};

  function addTables(tables) {
    for (var i = 0; i < tables.traditional.length; i += 2) {
      simplified[tables.traditional.charAt(i)] = tables.traditional.charAt(i + 1);
    }
    tables.sounds.split(" ").forEach(function (group) {
      var sound = /^[a-z]+/.exec(group)[0];
      isSyllable[sound] = true;
      for (var j = sound.length; j < group.length; j++) soundOf[group.charAt(j)] = sound;
    });
    polyphones = tables.polyphones;
  }

  /* 平翘舌、前后鼻音不分 */
  function blur(sound) {
    return sound.replace(/([zcs])h/g, "$1").replace(/([aei]n)g/g, "$1");
  }

  var bySound = Object.create(null); /* "you dai" → [优待]；"~you dai" 是不分平翘舌、前后鼻音的 */
  function sameSound(a, b) {
    if (fresh.length && polyphones) {
      fresh.forEach(function (word) {
        var one = soundOf[word.charAt(0)], two = soundOf[word.charAt(1)], plain = one + " " + two;
        if (word.length !== 2 || !one || !two) return;
        unique([plain, polyphones[word] || plain]).forEach(function (sound) {
          [sound, "~" + blur(sound)].forEach(function (key) { (bySound[key] = bySound[key] || []).push(word); });
        });
      });
      fresh = [];
    }
    return bySound[a + " " + b] || bySound["~" + blur(a + " " + b)] || [];
  }

  /* 一串拼音分成音节，音节越少越好；最后没打完的丢掉。分不开是 null */
  function split(letters) {
    var best = { 0: [] };
    for (var end = 1; end <= letters.length; end++) {
      for (var size = Math.min(6, end); size > 0; size--) {
        var before = best[end - size], piece = letters.substr(end - size, size);
        if (before && isSyllable[piece] && (!best[end] || before.length + 1 < best[end].length)) {
          best[end] = before.concat(piece);
        }
      }
    }
    for (var rest = 0; rest < 4; rest++) {
      if (best[letters.length - rest] && letters.length > rest) return best[letters.length - rest];
    }
    return null;
  }

  /* 问句里一个个的音：{char, sound}；空格隔开的汉字之间断开，拼音之间不断 */
  function spoken(text) {
    var found = [], wasHan = true;
    (text.match(SAID) || []).forEach(function (run) {
      var isHan = HAN.test(run);
      if (isHan || wasHan || /[0-9]/.test(run)) found.push(null);
      wasHan = isHan;
      if (isHan) chars(run).forEach(function (c) { found.push({ c: c, sound: soundOf[c] }); });
      else if (/[a-z]/.test(run)) {
        (split(run) || [null]).forEach(function (s) { found.push(s && { c: "", sound: s }); });
      }
    });
    return found;
  }

  /* 索引里没有的两个字（多半打错了，或打的是拼音）→ 读音一样的词、只差中间一个字的词 */
  function soundAlikes(text) {
    var found = [], line = spoken(text), tried = {};
    for (var i = 0; i + 1 < line.length; i++) {
      var a = line[i], b = line[i + 1], c = line[i + 2];
      if (!a || !b || (a.c && b.c && known[a.c + b.c])) continue;
      found = found.concat(sameSound(a.sound, b.sound));
      if (c && a.c && b.c && c.c && !known[b.c + c.c] && !tried[a.c + c.c]) {
        tried[a.c + c.c] = true;
        found = found.concat(between(a.c, c.c));
      }
    }
    return unique(found);
  }

  /* 教肓日 → 教育、育日：中间换成哪个字，两头都是索引里的词 */
  function between(a, c) {
    var found = [];
    Object.keys(known).forEach(function (word) {
      if (word.length === 2 && word.charAt(0) === a && known[word.charAt(1) + c]) found.push(word, word.charAt(1) + c);
    });
    return found;
  }

  /* ---- 问句 ---- */
  /* 问话的词，各页都有，不拿来找 */
  var ASKING = /怎么办|怎么样|怎么|怎样|咋办|咋样|咋|如何|什么|啥|为何|哪里|哪儿|哪个|哪些|哪边|在哪|多少|几个|能不能|可不可以|可以|是不是|有没有|还在不在|要不要|请问|我想|我要|我们|一下|[吗呢吧么？?]/g;
  var DIGITS = "零一二三四五六七八九";

  function clean(raw) { /* 不成对的半个表情符号换成空格 */
    return raw.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, function (c) {
      return c.length === 2 ? c : " ";
    });
  }

  function number(text) {
    if (/^[0-9]+$/.test(text)) return Number(text);
    var total = 0, current = 0;
    for (var i = 0; i < text.length; i++) {
      var unit = { 十: 10, 百: 100 }[text.charAt(i)];
      if (unit) { total += (current || 1) * unit; current = 0; }
      else current = Math.max(0, DIGITS.indexOf(text.charAt(i).replace("〇", "零")));
    }
    return total + current;
  }

  function chinese(n) {
    var tens = Math.floor(n / 10) % 10, ones = n % 10, hundreds = Math.floor(n / 100);
    var text = hundreds ? DIGITS.charAt(hundreds) + "百" : "";
    if (tens) text += (tens === 1 && !hundreds ? "" : DIGITS.charAt(tens)) + "十";
    else if (hundreds && ones) text += "零";
    return text + (ones || !n ? DIGITS.charAt(ones) : "");
  }

  function articleName(article) {
    var parts = article.number.split("之");
    return "《" + article.law.name + "》第" + chinese(Number(parts[0])) + "条" + (parts[1] ? "之" + parts[1] : "");
  }

  function isWithin(short, long) { /* short 的字依次都在 long 里：保密法 → 保守国家秘密法 */
    var at = -1;
    return short.split("").every(function (c) { at = long.indexOf(c, at + 1); return at >= 0; });
  }

  /* 说的是哪部法：简称、常见的误称，或者去掉几个字的叫法（保密法）。text 里别的话不多才算 */
  function lawNamed(text) {
    var said = text.replace(/[《》\s的]|中华人民共和国/g, ""), tail = /(法|条例)$/.exec(said), best = null, most = 0;
    laws.forEach(function (law) {
      var score = 0;
      law.names.forEach(function (name) {
        if (said.indexOf(name) >= 0 && said.length - name.length <= 4) score = Math.max(score, 1000 + name.length);
      });
      if (!score && tail && said.length > 2 && law.name.slice(-tail[1].length) === tail[1] && isWithin(said, law.name)) {
        score = (said.charAt(0) === law.name.charAt(0) ? 500 : said.length > 3 ? 100 : 0) - law.name.length;
      }
      if (score > most) { most = score; best = law; }
    });
    return best;
  }

  /* 兵役法20条、国防教育法第十二条、第二十七条；正打着字，条字还没有打，也算 */
  function articlesNamed(text) {
    var match = /(第?)\s*([0-9]{1,3}|[零〇一二三四五六七八九十百]{1,6})\s*条(?:\s*之\s*([一二三四五六七八九十]))?/.exec(text);
    var bare = match || /^(.*(?:法|条例)[》\s]*)(?:第\s*(?=.)|(?=[0-9]))([0-9]{1,3}|[零〇一二三四五六七八九十百]{1,6})\s*$/.exec(text);
    if (!bare) return [];
    var key = number(bare[2]) + (match && match[3] ? "之" + match[3] : "");
    var rest = match ? text.slice(0, match.index) + " " + text.slice(match.index + match[0].length) : bare[1];
    var law = lawNamed(match ? text.slice(0, match.index) : rest) || lawNamed(rest);
    if (law) return law.articles[key] ? [law.articles[key]] : [];
    if (rest.trim() || !match || !match[1]) return [];
    return laws.map(function (each) { return each.articles[key]; }).filter(Boolean);
  }

  /* 一句话 → 字面的词、读音像的词、网站上的说法 */
  function plan(raw) {
    var text = fold(clean(raw));
    text = text.replace(/(^|[^0-9\u3400-\u9fff])(2[0-9]年)/g, function (all, before, year) { return before + "20" + year; });
    var asked = text.replace(ASKING, " ");
    var literal = unique(cut(cut(asked).length ? asked : text));
    var alike = soundAlikes(asked);
    var hits = literal.filter(function (word) { return known[word]; });
    if (!hits.length && !alike.length && literal.length) hits = around(literal);
    var line = "";
    if (hits.length < literal.length) line = spoken(asked).map(function (s) { return s ? s.sound : "|"; }).join(" ");
    var meant = [];
    Object.keys(words).forEach(function (word) {
      if (text.indexOf(word) >= 0 || (line && word.length > 1 && heard(line, word))) {
        words[word].forEach(function (target) { meant = meant.concat(cut(fold(target))); });
      }
    });
    return { text: text, literal: hits, alike: alike, meant: unique(meant) };
  }

  /* 拼音或同音字打的居民的话：dangbing → 当兵 */
  function heard(line, word) {
    var sounds = word.split("").map(function (c) { return soundOf[c]; });
    return sounds.every(Boolean) && (" " + line + " ").indexOf(" " + sounds.join(" ") + " ") >= 0;
  }

  /* 只打了一个字：含这个字的词都算 */
  function around(literal) {
    return Object.keys(known).filter(function (word) {
      return literal.some(function (c) { return chars(c).length === 1 && HAN.test(c) && word.indexOf(c) >= 0; });
    });
  }

  function ask(target, asked) {
    var alikeWeight = asked.literal.length ? ALIKE_WEIGHT : 1;
    var clauses = [{ queries: asked.literal, boost: LITERAL }];
    if (asked.alike.length) clauses.push({ queries: asked.alike, boost: scaled(LITERAL, alikeWeight) });
    if (asked.meant.length) clauses.push({ queries: asked.meant, boost: WEAK });
    return target.search({ combineWith: "OR", queries: clauses });
  }

  function scaled(boost, by) {
    var out = {};
    Object.keys(boost).forEach(function (field) { out[field] = boost[field] * by; });
    return out;
  }

  /* 问到了那一年，那一年的页面不压 */
  function share(page, text) {
    var year = /\/([0-9]{4})\b/.exec(page.url);
    return year && text.indexOf(year[1]) >= 0 ? 1 : page.share;
  }

  function find(raw) {
    var asked = plan(raw), found = [];
    ask(pageIndex, asked).forEach(function (hit) {
      found.push({ item: pages[hit.id], score: hit.score * share(pages[hit.id], asked.text) });
    });
    ask(articleIndex, asked).forEach(function (hit) { found.push({ item: articles[hit.id], score: hit.score * LAW_SHARE }); });
    found.sort(function (a, b) { return b.score - a.score || (a.item.url < b.item.url ? -1 : 1); });
    var top = found.length ? found[0].score : 0, perLaw = {};
    var direct = articlesNamed(asked.text), law = direct.length ? null : lawNamed(asked.text);
    if (law) direct = pages.filter(function (page) { return page.url === law.url; });
    var items = direct.concat(found.filter(function (each) {
      var url = each.item.law && each.item.law.url;
      if (each.score < top * TAIL || direct.indexOf(each.item) >= 0) return false;
      if (url) perLaw[url] = (perLaw[url] || 0) + 1;
      return !url || perLaw[url] <= MAX_PER_LAW;
    }).map(function (each) { return each.item; }));
    return { items: items.slice(0, MAX_RESULTS), marks: asked.literal.concat(asked.alike, asked.meant) };
  }

  /* ---- 显示 ---- */
  function marked(text, marks) { /* 哪些字要标 */
    var folded = fold(text), on = [];
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

  /* 摘要，或者正文里说到的词最多的一段（从一句的开头起） */
  function snippet(node, item, marks) {
    var text = item.text, folded = fold(text), on = marked(text, marks);
    function count(piece) { return marks.filter(function (word) { return piece.indexOf(word) >= 0; }).length; }
    var best = 0, most = -1;
    for (var at = 0; at === 0 || at < text.length; at++) {
      if (at && (!on[at] || on[at - 1])) continue;
      var found = count(folded.substr(at, SNIPPET - 20));
      if (found > most) { most = found; best = at; }
    }
    if (item.summary && count(fold(item.summary)) >= most) {
      write(node, item.summary, marked(item.summary, marks), 0, item.summary.length);
      return;
    }
    var start = best;
    while (start > 0 && best - start < 20 && !/[。；？！\s]/.test(text.charAt(start - 1))) start--;
    var end = Math.min(text.length, start + SNIPPET);
    if (LATTER.test(text.charAt(start))) start--; /* 不从一个字的中间断开 */
    if (LATTER.test(text.charAt(end))) end++;
    if (start > 0) node.appendChild(document.createTextNode("…"));
    write(node, text, on, start, end);
    if (end < text.length) node.appendChild(document.createTextNode("…"));
  }

  function row(item, marks) {
    var li = document.createElement("li"), link = document.createElement("a");
    var section = document.createElement("span"), text = document.createElement("p");
    var title = item.law ? articleName(item) : item.title;
    link.setAttribute("href", item.url);
    write(link, title, marked(title, marks), 0, title.length);
    section.className = "meta";
    section.textContent = item.section;
    snippet(text, item, marks);
    [link, section, text].forEach(function (node) { li.appendChild(node); });
    return li;
  }

  var waiting = true, shown = ""; /* 索引还没有读完；现在显示的是什么 */
  function answer() {
    var asked = box.value.replace(/^\s+|\s+$/g, "");
    var found = asked ? find(asked) : { items: [], marks: [] };
    show(found);
    var none = asked && !found.items.length;
    var said = !asked ? "" : !none ? "找到 " + found.items.length + " 条" : waiting ? "正在找" : "没有找到";
    if (status.textContent !== said) status.textContent = said;
    help.hidden = !none || waiting;
  }

  /* 后面的索引读完会再找一遍：结果没变就不动，变了也不丢键盘所在的那一条 */
  function show(found) {
    var key = found.items.map(function (item) { return item.url; }).concat(found.marks).join(" ");
    if (key === shown) return;
    shown = key;
    var held = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
    while (list.firstChild) list.removeChild(list.firstChild);
    found.items.forEach(function (item) { list.appendChild(row(item, found.marks)); });
    links().forEach(function (link) { if (link.getAttribute("href") === held) link.focus(); });
  }

  function remember() { /* 地址跟着变，可以收藏、转发；有的浏览器打开文件时不许改地址 */
    var asked = clean(box.value).replace(/^\s+|\s+$/g, "");
    try {
      history.replaceState(null, "", location.pathname + (asked ? "?q=" + encodeURIComponent(asked) : ""));
    } catch (e) { /* 不许改就不改 */ }
  }

  function fromAddress() {
    var match = /[?&]q=([^&#]*)/.exec(location.search);
    if (!match) return "";
    try { return decodeURIComponent(match[1].replace(/\+/g, " ")); } catch (e) { return match[1]; }
  }

  /* ---- 键盘 ---- */
  function links() { return Array.prototype.slice.call(list.querySelectorAll("a")); }
  function onKey(event) {
    var step = { ArrowDown: 1, Down: 1, ArrowUp: -1, Up: -1 }[event.key];
    if (!step || event.isComposing || event.keyCode === 229) return;
    var all = links(), next = all.indexOf(document.activeElement) + step;
    if (document.activeElement === box && step < 0) return;
    if (next >= all.length) return;
    event.preventDefault();
    (next < 0 ? box : all[next]).focus();
  }

  /* ---- 读索引：一份读完再读下一份，大的分几次放进去，打字不卡 ---- */
  var tasks = [], lost = false;
  function arrived() {
    var found = [], queue = window.SEARCH || [];
    while (queue.length) {
      var part = queue.shift();
      Object.keys(part.words || {}).forEach(function (word) {
        words[fold(word)] = part.words[word];
        fresh = fresh.concat(cut(fold(word)));
      });
      if (part.tables) found.push(addTables.bind(null, part.tables));
      if (part.pages) found.push(addPages.bind(null, part));
      (part.laws || []).forEach(function (law) { found.push(addLaw.bind(null, law)); });
      found = found.concat((part.more || []).map(function (url) { return fetchPart.bind(null, url); }));
    }
    return found;
  }
  function fetchPart(url) {
    var script = document.createElement("script");
    script.src = url;
    script.onload = function () { tasks = arrived().concat(answer, tasks); work(); };
    script.onerror = function () { lost = true; work(); };
    document.head.appendChild(script);
    return true; /* 等它读完再往下做 */
  }
  var work = sure(function () {
    var task = tasks.shift();
    if (!task) {
      waiting = false;
      list.removeAttribute("aria-busy");
      answer();
      tell();
    } else if (!task()) setTimeout(work, 0);
  });

  /* 能搜就收起那句话；少了一部分，说找不全 */
  function tell() {
    if (lost && pages.length) off.querySelector(".why").textContent = "有的内容没有读到，可能找不全。";
    say(!pages.length || lost);
  }
  function say(shown) {
    off.hidden = !shown;
    off.setAttribute("data-said", ""); /* 样式里不用再等 */
  }
  function sure(act) { /* 半路出错，也不能一声不响 */
    return function () {
      try { return act(); } catch (error) { say(true); throw error; }
    };
  }

  var changed = sure(function () { answer(); remember(); });
  box.addEventListener("input", changed);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    changed();
    var first = links()[0];
    if (first) first.focus();
  });
  form.addEventListener("keydown", onKey);
  list.addEventListener("keydown", onKey);
  list.setAttribute("aria-busy", "true");
  box.value = fromAddress();
  tasks = arrived();
  if (tasks.length) tasks.shift()(); /* 第一份马上放进去 */
  answer();
  tell();
  setTimeout(work, 0);
})();

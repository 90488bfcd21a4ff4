/* 站内搜索最先做的一段，写在搜索页里：切词，读音，一个词在哪一份索引里。后面接着份数和读音表（macros/outputs/search/）。
   一做就照地址里的问句去取索引，不等样式和别的脚本。ES5，不用模块；没有页面也能试（tests/search/node.js）。 */
(function () {
  "use strict";
  var FOLDER = "assets/search/", MAX_LENGTH = 120;
  /* 汉字，连生僻字（𠮷）：它在 JS 里占两个位置，不能从中间切开 */
  var HANZI = "(?:[\\u3400-\\u9fff]|[\\ud840-\\ud888][\\udc00-\\udfff])";
  var RUN = new RegExp(HANZI + "+|[a-z0-9]+", "g"), HAN = new RegExp(HANZI), CHARS = /[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g;
  /* 问话的词，各页都有，不拿来找 */
  var ASKING = /怎么办|怎么样|怎么|怎样|咋办|咋样|咋|如何|什么|啥|为何|哪里|哪儿|哪个|哪些|哪边|在哪|多少|几个|能不能|可不可以|可以|是不是|有没有|还在不在|要不要|请问|我想|我要|我们|一下|[吗呢吧么？?]/g;
  var parts = {}, lost = {}, sent = {}; /* 取到的；取不到的；取过的 */
  var folded = {}, soundOf = {}, blurred = {}, syllables = {}, said = {}, SAID = new RegExp(HANZI + "+|[a-z]+|[0-9]+", "g"), common = "", starts = [], names = [];
  var S = window.SEARCH = { missing: [], stale: false, HANZI: HANZI, HAN: HAN };

  function has(object, name) { return Object.prototype.hasOwnProperty.call(object || {}, name); }
  S.has = has;

  /* ---- 索引的各份 ---- */
  /* 取到了一份，或者知道取不到了，叫一声；search-show.js 来听 */
  S.arrived = function () {};

  S.push = function (part) {
    if (part.at === "first") begin(part);
    else if (part.v !== S.version) S.stale = true; /* 网站更新了，页面还是旧的 */
    else parts[part.at] = part;
    if (part.at === "sounds") listen(part.sounds);
  };

  /* 要这一份：有就给；没有就去取，记在 missing 里，取到了再找一遍。取不到的当作是空的 */
  S.want = function (name) {
    if (has(parts, name)) return parts[name];
    S.missing.push(name);
    if (sent[name]) return null;
    sent[name] = true;
    var script = document.createElement("script");
    script.src = FOLDER + name + ".js?" + S.version;
    script.onload = script.onerror = function () {
      document.head.removeChild(script);
      if (!has(parts, name)) { parts[name] = {}; lost[name] = true; }
      S.arrived();
    };
    document.head.appendChild(script);
    return null;
  };
  S.waiting = function () {
    return S.missing.some(function (name) { return !has(parts, name); });
  };
  S.lost = function (name) { return name ? has(lost, name) : Object.keys(lost).length > 0; };
  S.again = function () { /* 又问了一句：取不到的再取一次 */
    Object.keys(lost).forEach(function (name) { delete lost[name]; delete parts[name]; delete sent[name]; });
  };

  /* ---- 切词 ---- */
  S.chars = function (text) { return text.match(CHARS) || []; };

  /* 全角变半角、大写变小写、繁体变简体；一个字还是一个字，标记时位置才对得上 */
  S.fold = function (text) {
    var out = "";
    for (var i = 0; i < text.length; i++) {
      var c = text.charAt(i), code = text.charCodeAt(i);
      if (code < 0x41 || (code > 0x5a && code < 0x80)) out += c;
      else out += has(folded, c) ? folded[c] : (folded[c] = plain(c, code));
    }
    return out;
  };
  function plain(c, code) {
    if (code >= 0x3400 && code <= 0x9fff) return c;
    var wide = code >= 0x80 && c.normalize ? c.normalize("NFKC") : c;
    var low = (wide.length === 1 ? wide : c).toLowerCase();
    return low.length === 1 ? low : c;
  }
  S.simplify = function (pairs) { /* 繁简繁简…… */
    for (var i = 0; i < pairs.length; i += 2) folded[pairs.charAt(i)] = pairs.charAt(i + 1);
  };

  /* 连着的汉字两字一个词，一个字的单独算；字母数字是一个词 */
  S.cut = function (text) {
    var found = [];
    (text.match(RUN) || []).forEach(function (run) {
      var each = HAN.test(run) ? S.chars(run) : [run];
      if (each.length === 1) found.push(run);
      for (var i = 0; i < each.length - 1; i++) found.push(each[i] + each[i + 1]);
    });
    return found;
  };

  /* 不成对的半个表情符号换成空格 */
  S.clean = function (raw) {
    return raw.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, function (c) {
      return c.length === 2 ? c : " ";
    });
  };

  /* 去掉问话的词；只有问话的词，就照原样 */
  S.asked = function (text) {
    var left = text.replace(ASKING, " ");
    return S.cut(left).length ? left : text;
  };

  /* ---- 读音 ---- */
  /* GB2312 的一级字本来按读音排，表里只记每个音占几个字，不合次序的另记 */
  S.sound = function (c) {
    if (!has(soundOf, c)) soundOf[c] = look(common.indexOf(c));
    return soundOf[c];
  };
  function look(at) {
    var low = 0, high = starts.length;
    if (at < 0) return "";
    while (high - low > 1) {
      var middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle; else high = middle;
    }
    return names[low];
  }

  function begin(part) {
    var bytes = new Uint8Array(7520), at = 0, n = 0, last = "", sizes = part.sizes.match(/Z*[A-Y]/g), odds = part.odds.split(" ");
    S.version = part.v;
    S.count = part.count;
    S.few = part.few;
    for (var row = 0xb0; row < 0xd8; row++) for (var cell = 0xa1; cell < 0xff; cell++) { bytes[n++] = row; bytes[n++] = cell; }
    try { common = new TextDecoder("gb2312").decode(bytes).slice(0, 3755); } catch (e) { S.want("sounds"); /* 老浏览器读全文 */ }
    part.names.match(/[0-9][a-z]*/g).forEach(function (each, i) { /* 头上几个字母和前一个一样，后面的字母 */
      last = last.slice(0, each.charAt(0)) + each.slice(1);
      syllables[last] = true;
      starts.push(at);
      names.push(last);
      at += sizes[i].length * 25 + sizes[i].charCodeAt(sizes[i].length - 1) - 90;
    });
    for (n = 0; n < odds.length; n++) { soundOf[part.odd.charAt(n)] = odds[n]; syllables[odds[n]] = true; }
    part.words.split(";").forEach(function (row) { /* 网站的话,居民的话,居民的话;网站的话… */
      var each = row.split(",");
      each.slice(1).forEach(function (word) { (said[word] = said[word] || []).push(each[0]); });
    });
    S.want("core");
    var text = S.fold(S.clean(S.query()));
    if (common && !/[0-9〇零一二三四五六七八九十百]\s*条/.test(text)) S.ahead(text); /* 问的是第几条：先看 core，别的不和它抢 */
  }

  function listen(text) { /* 「a阿啊 ai爱哀 …」 */
    text.split(" ").forEach(function (group) {
      var sound = /^[a-z]+/.exec(group)[0];
      for (var i = sound.length; i < group.length; i++) soundOf[group.charAt(i)] = sound;
    });
    common = " ";
  }
  S.hears = function () { return common !== "" || S.want("sounds"); };

  /* 平翘舌、前后鼻音不分 */
  S.blur = function (sound) {
    if (!has(blurred, sound)) blurred[sound] = sound.replace(/([zcs])h/g, "$1").replace(/([aei]n)g/g, "$1");
    return blurred[sound];
  };

  /* 一串拼音分成音节，音节越少越好；最后没打完的丢掉。分不开是 null */
  function split(letters) {
    var best = { 0: [] };
    for (var end = 1; end <= letters.length; end++) {
      for (var size = Math.min(6, end); size > 0; size--) {
        var before = best[end - size], piece = letters.substr(end - size, size);
        if (before && has(syllables, piece) && (!best[end] || before.length + 1 < best[end].length)) best[end] = before.concat(piece);
      }
    }
    for (var rest = 0; rest < 4; rest++) {
      if (best[letters.length - rest] && letters.length > rest) return best[letters.length - rest];
    }
    return null;
  }

  /* 问句里一个个的音：{c, sound}；空格隔开的汉字之间断开（null），拼音之间不断 */
  S.spoken = function (text) {
    var found = [], wasHan = true;
    (text.match(SAID) || []).forEach(function (run) {
      var isHan = HAN.test(run);
      if (isHan || wasHan || /[0-9]/.test(run)) found.push(null);
      wasHan = isHan;
      if (isHan) S.chars(run).forEach(function (c) { found.push({ c: c, sound: S.sound(c) }); });
      else if (/[a-z]/.test(run)) (split(run) || [null]).forEach(function (sound) { found.push(sound && { c: "", sound: sound }); });
    });
    return found;
  };

  /* ---- 一个词在哪一份：按不分平翘舌、前后鼻音的读音，同音的都在一份里 ---- */
  S.key = function (word) {
    if (!HAN.test(word)) return word;
    return S.chars(word).map(function (c) { return S.blur(S.sound(c)) || c; }).join(" ");
  };
  function place(key, count) {
    var value = 7;
    for (var i = 0; i < key.length; i++) value = (value * 31 + key.charCodeAt(i)) & 0xffffff;
    return value % count;
  }
  S.shard = function (key) { return S.want("w" + place(key, S.count)); };
  S.single = function (c) { return S.want("c" + place(S.key(c), S.few)); };

  S.query = function () { /* 地址里的问句 */
    var match = /[?&]q=([^&#]*)/.exec(location.search);
    if (!match) return "";
    try { return decodeURIComponent(match[1].replace(/\+/g, " ")); } catch (e) { return match[1]; }
  };

  S.unique = function (items) {
    var seen = {};
    return items.filter(function (item) {
      var isNew = !seen["_" + item];
      seen["_" + item] = true;
      return isNew;
    });
  };

  /* 居民的话 → 网站的话；isSaid：字面上没有的，还有没有别的说法 */
  S.meant = function (text, isSaid) {
    var found = [];
    Object.keys(said).forEach(function (word) {
      if (text.indexOf(word) >= 0 || (isSaid && isSaid(word))) said[word].forEach(function (target) { found = found.concat(S.cut(S.fold(target))); });
    });
    return S.unique(found);
  };

  /* 一句话想得到的各份，一起先要来；想到的是哪些词、哪些音 */
  S.ahead = function (text) {
    var asked = S.asked(text), line = S.spoken(asked), words = S.cut(asked), meant = S.meant(text);
    S.unique(words.concat(meant).map(S.key).concat(line.map(function (a, i) {
      return a && line[i + 1] ? [a, line[i + 1]].map(function (each) { return S.blur(each.sound) || each.c; }).join(" ") : "";
    }))).forEach(function (key) { if (key) S.shard(key); });
    return { words: words, meant: meant, line: line };
  };
})();

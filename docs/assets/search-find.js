/* 站内搜索：一句话 → 要找的词 → 哪几页。分数在生成时已经算好（macros/outputs/search/scoring.py），这里合起来。
   不碰页面；要的索引还没有取齐，返回 null，S.missing 里写着缺哪几份。 */
(function (S) {
  "use strict";
  if (!S || !S.push || !S.version) return;
  var MAX_RESULTS = 30, TAIL = 0.12, MAX_PER_LAW = 3, MIDDLES = 12;
  var ALIKE = 0.5, MEANT = 0.4; /* 读音像的、网站的说法，抵字面的几成 */
  var has = S.has, HAN = S.HAN, HANS = new RegExp(S.HANZI, "g");

  /* core：第一份索引 */
  S.finder = function (core) {
    /* ---- 词 ---- */
    function postings(word) {
      var found = S.shard(S.key(word));
      return found && has(found.w, word) ? found.w[word] : "";
    }

    /* 读音是这两个的词；没有就不分平翘舌、前后鼻音 */
    function sameSound(a, b) {
      var both = a + " " + b, blurred = S.blur(both), found = S.shard(blurred), exact = [], near = [];
      Object.keys((found && found.w) || {}).forEach(function (word) {
        if (word.length !== 2 || !HAN.test(word)) return;
        var own = S.sound(word.charAt(0)) + " " + S.sound(word.charAt(1)), other = has(core.polyphones, word) ? core.polyphones[word] : own;
        if (own === both || other === both) exact.push(word);
        else if (S.blur(own) === blurred || S.blur(other) === blurred) near.push(word);
      });
      return exact.length ? exact : near;
    }

    function isKnown(a, b) { return a.c && b.c && postings(a.c + b.c) !== ""; }

    /* 索引里没有的两个字（多半打错了，或打的是拼音）→ 读音一样的词 */
    function soundAlikes(a, b) {
      return a && b && a.sound && b.sound && !isKnown(a, b) ? sameSound(a.sound, b.sound) : [];
    }

    /* 中间换成哪个字，两头都是索引里的词：教肓日 → 教育、育日 */
    function between(a, c) {
      var one = S.single(a), two = S.single(c), found = [];
      if (!one || !two || !has(one.n, a) || !has(two.p, c)) return [];
      one.n[a].split("").filter(function (middle) { return two.p[c].indexOf(middle) >= 0; }).slice(0, MIDDLES).forEach(function (middle) {
        found.push(a + middle, middle + c);
      });
      return found;
    }

    /* 连着两个词都没有，多半是中间一个字打错了 */
    function gaps(line) {
      return line.filter(function (a, i) {
        var b = line[i + 1], c = line[i + 2];
        return a && b && c && a.c && b.c && c.c && !isKnown(a, b) && !isKnown(b, c);
      });
    }

    /* 居民的话用拼音、同音字打的也认（said 是问句的音，前后有空格）：dangbing → 当兵 */
    var soundsOf = {};
    function synonyms(text, said) {
      var most = said.split(" ").length - 2;
      return S.meant(text, function (word) { return word.length > 1 && word.length <= most && said.indexOf(heard(word)) >= 0; });
    }
    function heard(word) { /* 有一个字不知道读音，就不会听到 */
      if (!has(soundsOf, word)) {
        var sounds = S.chars(word).map(S.sound);
        soundsOf[word] = sounds.every(Boolean) ? " " + sounds.join(" ") + " " : "-";
      }
      return soundsOf[word];
    }

    function fold(raw) { /* 有读音表上没有的字，多半是繁体：另读一份 */
      var text = S.fold(S.clean(raw)), old;
      if ((text.match(HANS) || []).some(function (c) { return !S.sound(c); })) {
        old = S.want("old");
        if (!old) return null;
        S.simplify(old.old || "");
        text = S.fold(text);
      }
      text = text.replace(/(^|[^0-9\u3400-\u9fff])(2[0-9]年)/g, function (all, before, year) { return before + "20" + year; });
      return text + figures(text);
    }

    /* 十二年、六十岁：网页上写的是12、60，后面添上 */
    function figures(text) {
      return (text.match(/(?:^|[^第零一二三四五六七八九十百])[零一二三四五六七八九]?[十百][零一二三四五六七八九十百]*(?=年|岁|周岁|天|日|个月|级|度)/g) || []).map(function (each) {
        return " " + number(each.replace(/[^零一二三四五六七八九十百]/g, ""));
      }).join("");
    }

    /* 一句话 → 字面的词、读音像的词、网站上的说法。先要齐能想到的各份，再一步一步看 */
    function plan(text) {
      var ahead = S.ahead(text), literal = S.unique(ahead.words), line = ahead.line;
      if (S.missing.length) return null;
      var hits = literal.filter(function (word) { return postings(word) !== ""; }), alike = [], wrong = gaps(line);
      line.forEach(function (a, i) { alike = alike.concat(soundAlikes(a, line[i + 1])); });
      var said = " " + line.map(function (each) { return each ? each.sound : "|"; }).join(" ") + " ";
      var meant = hits.length < literal.length ? synonyms(text, said) : ahead.meant;
      var single = hits.length || alike.length ? [] : literal.filter(function (c) { return S.chars(c).length === 1 && HAN.test(c); });
      meant.concat(alike).forEach(postings);
      single.forEach(S.single);
      if (S.missing.length) return null;
      wrong.forEach(function (a) { alike = alike.concat(between(a.c, line[line.indexOf(a) + 2].c)); }); /* 先给，取到了再补 */
      alike = S.unique(alike);
      alike.forEach(postings);
      return { text: text, literal: hits, alike: alike, meant: meant, single: single };
    }

    /* ---- 条号 ---- */
    var DIGITS = "零一二三四五六七八九";
    var laws = core.laws.map(function (row) {
      return { name: row[0], names: row[1].concat(row[0]), page: row[2], first: row[3], size: row[4], part: row[5], odd: row[6], url: row[7] };
    });

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

    function articleName(law, key) {
      var parts = key.split("之");
      return "《" + law.name + "》第" + chinese(Number(parts[0])) + "条" + (parts[1] ? "之" + parts[1] : "");
    }

    function article(law, key) { /* 那一条的编号；没有是 -1 */
      var at = has(law.odd, key) ? law.odd[key] : /^[0-9]+$/.test(key) ? Number(key) - 1 : -1;
      return at >= 0 && at < law.size ? law.first + at : -1;
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
      if (!law && (rest.trim() || !match || !match[1])) return [];
      return (law ? [law] : laws).map(function (each) { return article(each, key); }).filter(function (id) { return id >= 0; });
    }

    /* ---- 合着算分 ---- */
    var IMPACT = []; /* 级 → 几分 */
    while (IMPACT.length < 91) IMPACT.push(core.least * Math.pow(core.step, IMPACT.length));
    var total = new Float64Array(core.size), count = new Float64Array(core.size); /* 编号 → 几分，占几样；用完清零 */

    /* 「编号差、级」一对一对：前 45 个记号是末位，后 45 个是前面的位 */
    function unpack(text, each) {
      for (var i = 0, id = 0; i < text.length;) {
        var step = 0, sign = signAt(text, i++);
        while (sign >= 45) { step = (step + sign - 45) * 45; sign = signAt(text, i++); }
        id += step + sign;
        each(id, signAt(text, i++));
      }
    }
    function signAt(text, i) { /* 记号从 # 起，没有反斜杠 */
      var code = text.charCodeAt(i);
      return code > 92 ? code - 36 : code - 35;
    }

    function bandAt(id) { /* 在第几段：从几号起，哪一年，打几折，第几部法 */
      var low = 0, high = core.bands.length;
      while (high - low > 1) {
        var middle = (low + high) >> 1;
        if (core.bands[middle][0] <= id) low = middle; else high = middle;
      }
      return low;
    }
    function lawOf(id) { return laws[core.bands[bandAt(id)][3]]; }

    /* 分数从高到低；最高的几成以下的不要 */
    function rank(asked, tail) {
      var ids = [], top = 0;
      function take(text, weight, isLevel) { /* 占的几样按轻重数：网站的说法、读音像的不抵字面的一样 */
        unpack(text, function (id, level) {
          if (!count[id]) ids.push(id);
          total[id] += weight * (isLevel ? level : IMPACT[level]);
          count[id] += weight;
        });
      }
      function add(words, weight) {
        words.forEach(function (word) { take(postings(word), weight); });
      }
      add(asked.literal, 1);
      add(asked.alike, asked.literal.length ? ALIKE : 1);
      add(asked.meant, MEANT);
      asked.single.forEach(function (c) { /* 单字的级就是分 */
        var one = S.single(c).c;
        if (has(one, c)) take(one[c], 1, true);
      });
      var shares = core.bands.map(function (band) { return band[1] && asked.text.indexOf(band[1]) >= 0 ? 1 : band[2]; }); /* 问到了那一年，不压 */
      ids.forEach(function (id) { top = Math.max(top, total[id] *= count[id] * shares[bandAt(id)]); });
      var best = ids.filter(function (id) { return total[id] >= top * tail; }).sort(function (a, b) { return total[b] - total[a] || a - b; });
      ids.forEach(function (id) { total[id] = count[id] = 0; });
      return best;
    }

    /* isPart：说的是哪一条已经知道，别的还没有取齐 */
    function find(raw) {
      var text = S.hears() && fold(raw), asked = text && plan(text);
      if (text === "") return { items: [], marks: [] };
      if (!text) return null;
      var direct = articlesNamed(text), law = direct.length ? null : lawNamed(text);
      if (!asked) return direct.length ? { items: direct, marks: [], isPart: true } : null;
      var perLaw = {};
      if (law && law.page >= 0) direct = [law.page];
      var items = direct.concat(rank(asked, TAIL).filter(function (id) {
        var own = lawOf(id);
        if (direct.indexOf(id) >= 0) return false;
        if (own) perLaw[own.url] = (perLaw[own.url] || 0) + 1;
        return !own || perLaw[own.url] <= MAX_PER_LAW;
      }));
      return { items: items.slice(0, MAX_RESULTS), marks: asked.literal.concat(asked.alike, asked.meant, asked.single) };
    }

    /* 什么都没有找到：字最像的两页。还没有取齐是 null */
    function likely(raw) {
      var chars = S.unique((S.fold(S.clean(raw)).match(HANS) || []).slice(0, 12));
      chars.forEach(S.single);
      if (S.missing.length) return null;
      return rank({ text: "", literal: [], alike: [], meant: [], single: chars }, 0).filter(function (id) { return !lawOf(id); }).slice(0, 2);
    }

    /* ---- 一条结果 ---- */
    /* 地址、标题、栏目，正文在哪一份；还没有取到是 null */
    function head(id) {
      var law = lawOf(id), isFirst = id < core.core.length, part = isFirst ? null : law ? null : S.want("h" + Math.floor(id / core.heads));
      if (law) {
        var at = id - law.first, key = String(at + 1);
        Object.keys(law.odd).forEach(function (odd) { if (law.odd[odd] === at) key = odd; });
        return { id: id, url: law.url + "#art-" + key, title: articleName(law, key), section: "法律原文", part: law.part + Math.floor(at / core.slots) };
      }
      if (!isFirst && !part) return null;
      var row = isFirst ? core.core[id] : part.h && part.h[id % core.heads];
      return row ? { id: id, url: row[0], title: row[1], section: core.sections[row[2]], part: row[3] } : {};
    }

    /* 摘要，条文没有；还没有取到是 null */
    function summary(item) {
      var part = lawOf(item.id) ? {} : S.want("s" + Math.floor(item.id / core.heads));
      return part && ((part.s && part.s[item.id % core.heads]) || "");
    }

    /* 正文；还没有取到是 null */
    function text(item) {
      var part = S.want("t" + item.part);
      return part && ((part.t && part.t[item.id - part.from]) || "");
    }
    return { find: find, likely: likely, head: head, summary: summary, text: text };
  };
})(window.SEARCH);

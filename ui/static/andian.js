// Every page: its title and messages. The page 查一查: its address, its keys, and copying. Gradio calls window.andian.
(() => {
  const NAMES = ["q", "kind", "topic", "region", "status", "as_of"];
  const LONGEST = 501; // one more than is looked up, so that the server can tell
  const TITLE = "案典";
  const MESSAGES = { Error: "没有完成", Info: "提示", Warning: "请注意" };
  const box = () => document.querySelector("#question input, #question textarea");
  const links = () => [...document.querySelectorAll(".hit-link")].filter((link) => link.offsetParent);

  function entitle() {
    const question = box() && new URLSearchParams(location.search).get("q");
    const page = document.querySelector(".an-head [aria-current]")?.textContent;
    const title = `${question ? `${question} · ` : ""}${page} · ${TITLE}`;
    if (page && document.title !== title) document.title = title;
  }

  function visit(address) {
    if (address === (location.search || "?")) return;
    history.pushState({}, "", address === "?" ? location.pathname : address);
    entitle();
  }

  // Puts what the form holds into the address, and returns it: the server reads nothing else.
  function remember(form) {
    const given = new URLSearchParams();
    const values = form.map((value) => (typeof value === "string" ? value.trim() : ""));
    values[0] = values[0].slice(0, LONGEST);
    NAMES.forEach((name, i) => values[i] && given.set(name, values[i]));
    visit(`?${given}`);
    return location.search;
  }

  // The day's field also reports a day that the address set, while other fields still hold what was before.
  function redate(form) {
    const given = new URLSearchParams(location.search);
    const day = typeof form[5] === "string" ? form[5].trim().slice(0, 10) : "";
    return day === (given.get("as_of") ?? "").slice(0, 10) ? location.search : remember(form);
  }

  // Shows what the address asks for, through the hidden field that Gradio listens to.
  function show() {
    const field = document.querySelector("#address textarea, #address input");
    if (!field) return;
    const type = Object.getPrototypeOf(field);
    Object.getOwnPropertyDescriptor(type, "value").set.call(field, `${location.search || "?"}#${Date.now()}`);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    entitle();
  }

  async function copy(button) {
    const text = button.closest(".hit").querySelector(".hit-text");
    const lines = [...text.querySelectorAll("p")].map((line) => line.textContent).join("\n");
    const content = `${button.dataset.cite}：\n${lines}`;
    try {
      await navigator.clipboard.writeText(content);
    } catch {
      copyOldWay(content); // browsers offer no clipboard on plain http
    }
    button.textContent = "已复制";
    setTimeout(() => (button.textContent = "复制引用"), 2000);
  }

  function copyOldWay(content) {
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = content;
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  function step(event, by) {
    const all = links();
    const now = all.indexOf(document.activeElement);
    if (now < 0 && !(by > 0 && document.activeElement === box())) return;
    event.preventDefault();
    (now + by < 0 ? box() : all[Math.min(now + by, all.length - 1)])?.focus();
  }

  function onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !box()) return;
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      box().focus();
      box().select();
    }
    if (event.key === "ArrowDown" && (!typing || event.target === box())) step(event, 1);
    if (event.key === "ArrowUp" && !typing) step(event, -1);
  }

  function onClick(event) {
    const button = event.target.closest(".copy[data-cite]");
    if (button) copy(button);
    const toggle = event.target.closest("#narrow-toggle");
    toggle?.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") === "false"));
    const link = event.target.closest("a[data-open]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    visit(link.getAttribute("href"));
    show();
    if (!link.classList.contains("next")) scrollTo({ top: 0 });
  }

  // The system's own calendar instead of Gradio's: it works with the keyboard, on phones and in Chinese.
  function useCalendar(_, observer) {
    const field = document.querySelector("#as-of input");
    if (!field) return;
    observer.disconnect();
    field.type = "date";
    field.setAttribute("aria-label", "按哪天的规定，空着是今天");
    field.addEventListener("change", () => {
      if (!field.value || field.value > "1900") field.dispatchEvent(new Event("blur"));
    });
  }

  // Gradio gives every page the first one's title; a title that a page's own script gave it stays.
  function nameThePage() {
    if (document.title === `查一查 · ${TITLE}`) entitle();
  }

  // Gradio heads its messages in English, whatever title they are given.
  function translateMessages() {
    for (const heading of document.getElementsByClassName("toast-title")) {
      const meant = MESSAGES[heading.textContent.trim()];
      if (meant) heading.textContent = meant;
    }
  }

  window.andian = { remember, redate };
  for (const react of [useCalendar, nameThePage, translateMessages])
    new MutationObserver(react).observe(document, { childList: true, subtree: true });
  document.documentElement.lang = "zh-CN";
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  window.addEventListener("popstate", show);
})();

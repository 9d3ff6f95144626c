// The page 对照: which rows are shown, stepping from change to change, jumping to an article, printing.
const root = () => element.querySelector('.cp');
const shown = () => Array.from(element.querySelectorAll('.cp-row')).filter((row) => row.offsetParent);
const say = (text) => { element.querySelector('.rd-gap').textContent = text; };

function remember() {
  const address = new URLSearchParams(location.search);
  address.set('show', root().dataset.show);
  history.replaceState(history.state, '', `${location.pathname}?${address}${location.hash}`);
}

function only(choice) {
  root().dataset.show = choice;
  for (const button of element.querySelectorAll('[data-only]')) {
    button.setAttribute('aria-pressed', String(button.dataset.only === choice));
  }
  element.querySelector('.cp-empty').hidden = shown().length > 0;
}

function goTo(row, note) {
  if (!row) return;
  if (!row.offsetParent) only('all');
  element.querySelector('.cp-now')?.classList.remove('cp-now');
  row.classList.add('cp-now');
  row.scrollIntoView({ block: 'start' });
  history.replaceState(history.state, '', `${location.pathname}${location.search}#${row.id}`);
  say(note ?? '');
}

function step(by) {
  const all = shown();
  const now = all.findIndex((row) => row.classList.contains('cp-now'));
  const box = now < 0 ? null : all[now].getBoundingClientRect();
  const seen = box && box.bottom > 0 && box.top < window.innerHeight;
  const next = seen ? now + by : all.findIndex((row) => row.getBoundingClientRect().bottom > 120) + (by < 0 ? -1 : 0);
  const at = Math.min(all.length - 1, Math.max(0, next));
  goTo(all[at], `第 ${at + 1} 处，共 ${all.length} 处`);
}

// ２ and 2 are the same number; 旧75 is looked for in the old text only.
function jump(typed) {
  const number = Number(/\d+/.exec(typed.normalize('NFKC'))?.[0]);
  const sides = typed.includes('旧') ? ['old'] : ['new', 'old'];
  for (const side of number ? sides : []) {
    const row = element.querySelector(`.cp-row[data-${side}="${number}"]`);
    if (row) return goTo(row, side === 'old' ? `旧文本第 ${number} 条` : '');
  }
  return say(number ? `没有第 ${number} 条` : '请写条号的数字，如 75');
}

function arrive() {
  if (!root()) return;
  document.title = `${root().dataset.title} · 案典`;
  if (!root().dataset.show) return;
  only(root().dataset.show);
  const anchor = /^#c-\d+$/.test(location.hash) ? element.querySelector(location.hash) : null;
  const asked = anchor ?? element.querySelector(`#c-${root().dataset.asked}`);
  if (!asked) return;
  goTo(asked);
  // Styles that arrive late push the row away; until the reader takes over, it is kept in place.
  const watcher = new ResizeObserver(() => asked.scrollIntoView({ block: 'start' }));
  watcher.observe(root());
  const release = () => watcher.disconnect();
  for (const name of ['wheel', 'touchstart', 'pointerdown', 'keydown']) window.addEventListener(name, release, { once: true });
  setTimeout(release, 4000);
}

element.addEventListener('click', (event) => {
  const target = event.target.closest('a, button');
  if (!target) return;
  if (target.matches('[data-go]')) step(Number(target.dataset.go));
  else if (target.matches('[data-print]')) window.print();
  else if (target.matches('[data-only]')) {
    only(target.dataset.only);
    remember();
  } else if (target.matches('[data-row]')) {
    event.preventDefault();
    goTo(element.querySelector(`#c-${target.dataset.row}`));
  }
});

element.addEventListener('submit', (event) => {
  if (!event.target.matches('.cp-jump')) return;
  event.preventDefault();
  jump(event.target.elements.number.value);
});

document.addEventListener('keydown', (event) => {
  if (!root()?.dataset.show || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable="true"]')) return;
  if (event.key === 'j' || event.key === 'ArrowRight') step(1);
  else if (event.key === 'k' || event.key === 'ArrowLeft') step(-1);
  else return;
  event.preventDefault();
});

watch('value', arrive);
arrive();

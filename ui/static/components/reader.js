// Reading page: anchors, stepping from article to article, text size, copying a reference, printing.
const ASIDE = window.matchMedia('(min-width: 960px)');
const SIZES = ['0.9375rem', '1.0625rem', '1.1875rem', '1.375rem', '1.625rem'];
const SIZE_KEY = 'andian-text-size';
const root = () => element.querySelector('.rd');
const passages = () => Array.from(element.querySelectorAll('.rd-p'));

function applySize(step) {
  let size = Number(localStorage.getItem(SIZE_KEY) ?? 1) + step;
  size = Math.min(SIZES.length - 1, Math.max(0, Number.isInteger(size) ? size : 1));
  localStorage.setItem(SIZE_KEY, String(size));
  root()?.style.setProperty('--rd-size', SIZES[size]);
}

function showContents() {
  const contents = element.querySelector('.rd-toc');
  if (contents) contents.open = ASIDE.matches;
}

function goTo(passage, remember) {
  if (!passage) return;
  element.querySelector('.rd-now')?.classList.remove('rd-now');
  passage.classList.add('rd-now');
  const heading = passage.previousElementSibling;
  (heading?.classList.contains('rd-h') ? heading : passage).scrollIntoView({ block: 'start' });
  if (remember) history.replaceState(history.state, '', location.pathname + location.search + '#' + passage.id);
  followContents(passage.id.slice(2));
}

function followContents(position) {
  element.querySelector('.rd-toc .rd-here')?.classList.remove('rd-here');
  const links = element.querySelectorAll(`.rd-toc a[data-p="${position}"]`);
  const link = links[links.length - 1];
  if (!link || !ASIDE.matches) return;
  link.classList.add('rd-here');
  for (let up = link.closest('details:not(.rd-toc)'); up; up = up.parentElement.closest('details:not(.rd-toc)')) up.open = true;
  const pane = element.querySelector('.rd-toc nav');
  pane.scrollTop += link.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

function step(by) {
  const all = passages();
  const now = all.findIndex((p) => p.classList.contains('rd-now'));
  const box = now < 0 ? null : all[now].getBoundingClientRect();
  const seen = box && box.bottom > 0 && box.top < window.innerHeight;
  const next = seen ? now + by : all.findIndex((p) => p.getBoundingClientRect().bottom > 80) + (by < 0 ? -1 : 0);
  goTo(all[Math.min(all.length - 1, Math.max(0, next))], true);
}

async function copyReference(button) {
  const label = button.closest('.rd-p').querySelector('.rd-no')?.textContent ?? '';
  const text = `《${root().dataset.law}》${label}`;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  button.textContent = '已复制';
  setTimeout(() => { button.textContent = '复制出处'; }, 1500);
}

// Styles and fonts that arrive late push a passage away; until the reader takes over, it is kept in place.
function hold(passage) {
  const watcher = new ResizeObserver(() => goTo(passage, false));
  watcher.observe(root());
  const release = () => watcher.disconnect();
  for (const name of ['wheel', 'touchstart', 'pointerdown', 'keydown']) window.addEventListener(name, release, { once: true });
  setTimeout(release, 4000);
}

function arrive() {
  if (!root()) return;
  document.title = `${root().dataset.title} · 案典`;
  applySize(0);
  showContents();
  const anchor = /^#p-\d+$/.test(location.hash) ? element.querySelector(location.hash) : null;
  const asked = anchor ?? element.querySelector('.rd-asked');
  if (!asked) return;
  goTo(asked, false);
  hold(asked);
}

element.addEventListener('click', (event) => {
  const target = event.target.closest('a, button');
  if (!target) return;
  if (target.matches('[data-go]')) step(Number(target.dataset.go));
  else if (target.matches('[data-size]')) applySize(Number(target.dataset.size));
  else if (target.matches('[data-print]')) window.print();
  else if (target.matches('.rd-copy')) copyReference(target);
  else if (target.matches('[data-p], .rd-no') && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (!ASIDE.matches) showContents();
    goTo(element.querySelector(target.hash), true);
  }
});

document.addEventListener('keydown', (event) => {
  if (!root() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable="true"], [role="tab"]')) return;
  if (event.key === 'j' || event.key === 'ArrowRight') step(1);
  else if (event.key === 'k' || event.key === 'ArrowLeft') step(-1);
  else if (event.key === 'Escape' && !ASIDE.matches) showContents();
  else return;
  event.preventDefault();
});

ASIDE.addEventListener('change', showContents);
watch('value', arrive);
arrive();

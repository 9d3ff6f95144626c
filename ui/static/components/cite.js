// Citation check: filter by state, jump between text and cards, copy, print, download.
const all = (selector) => Array.from(element.querySelectorAll(selector));

function filter(state) {
  for (const chip of all('.ct-filters button')) chip.setAttribute('aria-pressed', String(chip.dataset.state === state));
  for (const card of all('.ct-card')) card.hidden = state !== '' && card.dataset.state !== state;
  for (const mark of all('.ct-mark')) mark.classList.toggle('ct-dim', state !== '' && !mark.classList.contains(`ct-${state}`));
}

function show(target) {
  if (!target) return;
  if (target.hidden) filter('');
  for (const now of all('.ct-now')) now.classList.remove('ct-now');
  target.classList.add('ct-now');
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
}

async function copy(button) {
  const text = element.querySelector('.ct-report').textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.body.appendChild(document.createElement('textarea')); // plain http has no clipboard
    field.value = text;
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  const name = button.textContent;
  button.textContent = '已复制';
  setTimeout(() => { button.textContent = name; }, 1500);
}

function print() {
  const folded = all('.ct-cards details:not([open])');
  for (const details of folded) details.open = true;
  window.print();
  for (const details of folded) details.open = false;
}

element.addEventListener('click', (event) => {
  const target = event.target.closest('a, button');
  if (!target) return;
  const { card, mark, state } = target.dataset;
  if (card !== undefined || mark !== undefined) {
    event.preventDefault();
    show(element.querySelector(card !== undefined ? `#c-${card}` : `#m-${mark}`));
  } else if (state !== undefined) filter(state);
  else if (target.dataset.do === 'copy') copy(target);
  else if (target.dataset.do === 'print') print();
  else if (['word', 'csv'].includes(target.dataset.do)) trigger(target.dataset.do);
});

// A result that begins below what is in sight is brought up.
watch('value', () => requestAnimationFrame(() => {
  const result = element.querySelector('.ct');
  if (result && result.getBoundingClientRect().top > window.innerHeight * 0.7) result.scrollIntoView({ block: 'start' });
}));

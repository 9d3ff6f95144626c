// Lists that people judge and settle: buttons with data-do are events; rows of a table are walked and judged by keys.
const EVENTS = ['judge', 'drop', 'restore', 'handle', 'case', 'ignore', 'undo', 'choose'];
const KEYS = { 1: 'right', ArrowRight: 'right', 0: 'wrong', ArrowLeft: 'wrong' };
let at = null; // the row to return to when the table is drawn anew

function send(button) {
  const given = button.dataset;
  if (!EVENTS.includes(given.do)) return;
  const row = button.closest('.ht-row');
  at = row ? row.dataset.target : null;
  const query = given.query ?? button.closest('[data-query]')?.dataset.query;
  const values = { query, target: given.target, verdict: given.verdict };
  trigger(given.do, { value: given.value ?? JSON.stringify(values) });
}

element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (button) send(button);
});

element.addEventListener('focusin', (event) => {
  at = event.target.closest('.ht-row')?.dataset.target ?? null;
});

// A click beside the rows ends the walk.
document.addEventListener('pointerdown', (event) => {
  if (!element.contains(event.target)) at = null;
});

const remembered = () =>
  at === null ? undefined : [...element.querySelectorAll('.ht-row')].find((one) => one.dataset.target === at);

// While the table is drawn anew nothing has the focus; keys pressed then belong to the row that had it.
document.addEventListener('keydown', (event) => {
  const nowhere = document.activeElement === document.body;
  const row = nowhere ? remembered() : element.contains(event.target) && event.target.closest('.ht-row');
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
    at = next?.dataset.target ?? at;
    next?.focus();
  } else if (KEYS[event.key]) {
    send(row.querySelector(`button[data-verdict="${KEYS[event.key]}"]`));
  } else return;
  event.preventDefault();
});

watch('value', () => {
  if (document.activeElement === document.body) remembered()?.focus({ preventScroll: true });
});

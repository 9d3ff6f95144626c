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

element.addEventListener('keydown', (event) => {
  const row = event.target.closest('.ht-row');
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
    next?.focus();
  } else if (KEYS[event.key]) {
    send(row.querySelector(`button[data-verdict="${KEYS[event.key]}"]`));
  } else return;
  event.preventDefault();
});

watch('value', () => {
  if (document.activeElement !== document.body) return;
  const row = [...element.querySelectorAll('.ht-row')].find((one) => one.dataset.target === at);
  row?.focus({ preventScroll: true });
});

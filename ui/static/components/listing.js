// Buttons inside a list drawn as HTML: each says with data-do which event it is and with data-value its value.
const EVENTS = ['sort', 'turn', 'remove', 'restore'];

element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (button && EVENTS.includes(button.dataset.do)) trigger(button.dataset.do, { value: button.dataset.value });
});

// Puts the HTML that Python answers into the page without disturbing who is typing.
import { Idiomorph } from '../vendor/idiomorph.js';

const CHECKED = new Set(['checkbox', 'radio']);

/** Does the field answer with a click, so that nothing is typed in it? */
export const isChosen = (field) => CHECKED.has(field.type) || field.localName === 'select';

/** The text of a field as an event carries it. A half-typed date has no value: '?' stands for it. */
export function textOf(field) {
  if (CHECKED.has(field.type)) return field.checked ? field.value : '';
  return field.validity?.badInput ? '?' : field.value;
}

function setText(field, texto) {
  if (CHECKED.has(field.type)) field.checked = texto === field.value;
  else field.value = texto;
}

/** Writes texts (field name → text) into the fields below `root` that have those names. */
export function fill(root, textos) {
  for (const field of root.querySelectorAll('[name]')) {
    if (field.name in textos) setText(field, textos[field.name]);
  }
}

/** Is the text of the field another than the one that it was drawn with? */
function isChanged(field) {
  if (CHECKED.has(field.type)) return field.checked !== field.defaultChecked;
  if (field.localName !== 'select') return textOf(field) !== field.defaultValue;
  const drawn = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.selectedOptions[0] !== drawn;
}

/** The texts (field name → text) of the fields below `root` that somebody has changed since they were drawn. */
export function changedIn(root) {
  const fields = [...root.querySelectorAll('[name]:not([type=file])')];
  // Of the buttons of a group the one chosen speaks for all.
  const changed = fields.filter((field) => isChanged(field) && (field.type !== 'radio' || field.checked));
  return Object.fromEntries(changed.map((field) => [field.name, textOf(field)]));
}

// Password and files live in the browser alone, and what the reader opened stays open.
function keepsOwn(attribute, element) {
  if (attribute === 'value' && 'intacto' in element.dataset) return true;
  if (attribute === 'data-nombre') return true; // of the file chosen
  if (attribute === 'aria-expanded') return true; // of the steps on a narrow screen
  return attribute === 'open' && element.localName === 'details';
}

const FIELDS = 'input, select, option, textarea';
const fieldsOf = (element) => [...(element.matches(FIELDS) ? [element] : []), ...element.querySelectorAll(FIELDS)];

/** Does a field say the same as it is to say? Its text is no attribute of it. */
const saysSame = (field, next) =>
  field.checked === next.checked && field.selected === next.selected && textOf(field) === textOf(next);

/** Is it as it must be already, its fields too? Most of a table is, at each key pressed. */
function isDone(element, next) {
  if (element.nodeType !== Node.ELEMENT_NODE || !element.isEqualNode(next)) return false;
  const theirs = fieldsOf(next);
  return fieldsOf(element).every((field, n) => saysSame(field, theirs[n]));
}

const COMMAND = 'button[data-evento], a[data-evento]';

/** Does it do the same when it is pressed? */
const doesTheSame = (command, next) =>
  command.dataset.evento === next.dataset.evento &&
  [...next.attributes].every(({ name, value }) => !name.startsWith('data-') || command.getAttribute(name) === value);

/** In the place of each of `commands` another one like it, with the focus that it had. */
function replace(commands) {
  for (const command of commands) {
    const hadFocus = command === document.activeElement;
    const other = command.cloneNode(true);
    command.replaceWith(other);
    if (hadFocus) other.focus({ preventScroll: true });
  }
}

/** Is all of its text selected, so that what is typed next takes its place? It is when a field without text has the focus. */
const isAllSelected = (field) => field?.selectionStart === 0 && field.selectionEnd === field.value.length;

/** Runs `change`. Whoever is about to type over a text types over what `change` puts there, and not beside it. */
function keepingSelection(change) {
  const field = document.activeElement;
  const text = field?.value;
  const wasAll = isAllSelected(field);
  change();
  if (wasAll && field.value !== text && field === document.activeElement) field.select();
}

/**
 * Morphs `app` into `html`. `nuevos` are texts typed after the event that is being answered: they prevail
 * over what the answer says of those fields.
 */
export function paint(app, html, nuevos) {
  const page = new DOMParser().parseFromString(`<div>${html}</div>`, 'text/html');
  const next = page.body.firstElementChild;
  fill(next, nuevos);
  // A button does not become another one under the pointer: a press that began before the answer came presses neither.
  const others = [];
  const callbacks = {
    beforeAttributeUpdated: (attribute, element) => !keepsOwn(attribute, element),
    beforeNodeMorphed(element, next) {
      if (element.nodeType === Node.ELEMENT_NODE && element.matches(COMMAND) && !doesTheSame(element, next)) others.push(element);
      return !isDone(element, next);
    },
  };
  keepingSelection(() => Idiomorph.morph(app, next.childNodes, { morphStyle: 'innerHTML', callbacks }));
  replace(others);
}

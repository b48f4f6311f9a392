// The fields that take files. The browser speaks of them in its own language: the page says it, and the name chosen.

/** Shows beside the field what is chosen in it. */
export function showChosen(field) {
  const place = field.parentElement?.querySelector('.archivo__nombre');
  if (!place) return;
  const names = [...(field.files ?? [])].map((file) => file.name);
  if (names.length) place.dataset.nombre = names.length > 1 ? `${names.length} archivos` : names[0];
  else delete place.dataset.nombre;
}

/** Nothing is chosen in it any more. */
export function clearField(field) {
  if (!field) return;
  field.value = '';
  showChosen(field);
}

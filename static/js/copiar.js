// The clipboard.

/** Puts exactly this text on the clipboard; older ways where the browser has no other. */
export async function copy(texto) {
  try {
    await navigator.clipboard.writeText(texto);
    return true;
  } catch {
    const area = Object.assign(document.createElement('textarea'), { value: texto, readOnly: true });
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    before?.focus();
    return done;
  }
}

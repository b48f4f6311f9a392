// One SCO of SCORM 1.2: a case of practice in a frame, and what the LMS is told of it. The calls and the elements are
// those of ADL's «SCORM 1.2 Run-Time Environment» (2001); the messages of the frame, those of docs/incrustar.md.
'use strict';

const WINDOWS = 20; // how many windows, one around the other, are looked at for the LMS
const AVANCE = /^[!-~]{0,4096}$/; // what fits in cmi.suspend_data and in an address
const SETTLED = ['passed', 'failed', 'completed', 'incomplete'];
const OPTIONAL = ['cmi.core.score.min', 'cmi.core.score.max']; // an LMS need not keep these

const frame = document.getElementById('marco');
const { caso, aprobar, idioma } = frame.dataset;

/** Shows one of the sentences that the page has, in its language; none, without a name. */
function say(sentence, code = '') {
  const notice = document.getElementById('aviso');
  const told = code && notice.dataset.codigo.replace('{codigo}', code);
  const text = sentence ? notice.dataset[sentence].replace('{codigo}', told) : '';
  if (notice.textContent !== text) notice.textContent = text;
}

/** The API of the LMS in `here` or in one of the windows around it. */
function searchFrom(here) {
  for (let seen = 0; here && seen < WINDOWS; seen++) {
    try {
      if (here.API && 'LMSInitialize' in here.API) return here.API; // not a frame with that name
    } catch {
      // A window of another site; around it there may be one of the LMS.
    }
    here = here.parent === here ? null : here.parent;
  }
  return null;
}

/** The API in this window and those around it, or in the one that opened them and those around that one. */
function findApi() {
  return searchFrom(window) ?? searchFrom(window.top.opener);
}

/** Milliseconds as a CMITimespan: HHHH:MM:SS.SS */
function timespan(milliseconds) {
  const hundredths = Math.floor(milliseconds / 10);
  const pad = (number) => String(Math.floor(number)).padStart(2, '0');
  const [hours, minutes, seconds] = [hundredths / 360_000, (hundredths / 6000) % 60, (hundredths / 100) % 60];
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds)}.${pad(hundredths % 100)}`;
}

/** What the LMS keeps of this case. */
class Registro {
  #api = findApi();
  #isOpen = false;
  #isKept = false; // is what the learner does recorded?
  #forCredit = true;
  #status = '';
  #best = -1; // the highest score recorded, of 100
  #wanted = new Map(); // what is to be on record, by element
  #taken = new Map(); // what the LMS has taken of it

  /** Opens it, says what is wrong, and answers how far the learner had come, as the case wrote it. */
  open() {
    if (!this.#api) return this.#without('sinPlataforma');
    const opened = this.#call('LMSInitialize', '');
    if (!opened.isDone) return this.#without('sinRegistro', opened.code);
    this.#isOpen = true;

    const mode = this.#get('cmi.core.lesson_mode').answer;
    this.#forCredit = this.#get('cmi.core.credit').answer !== 'no-credit';
    this.#status = this.#get('cmi.core.lesson_status').answer;
    this.#best = Number(this.#get('cmi.core.score.raw').answer || -1);
    const isNew = this.#get('cmi.core.entry').answer === 'ab-initio';
    const kept = isNew ? { isDone: true, answer: '' } : this.#get('cmi.suspend_data');
    if (mode === 'browse' || mode === 'review') say('repaso');
    // To record now would be to overwrite what could not be read.
    else if (!kept.isDone) return this.#without('sinRegistro', kept.code);
    else this.#begin();
    return AVANCE.test(kept.answer) ? kept.answer : '';
  }

  #begin() {
    this.#isKept = true;
    this.#wanted.set('cmi.core.exit', 'suspend'); // also for who leaves before the case is there
    if (!SETTLED.includes(this.#status)) this.#setStatus('incomplete');
    this.#save();
  }

  #without(sentence, code) {
    say(sentence, code);
    return '';
  }

  /** The learner has come further. */
  record({ terminado, puntos, avance }) {
    if (!this.#isKept) return;
    this.#wanted.set('cmi.suspend_data', avance);
    this.#wanted.set('cmi.core.exit', terminado ? '' : 'suspend');
    if (terminado) this.#grade(puntos);
    this.#save();
  }

  /** The learner leaves. */
  close() {
    if (!this.#isOpen) return;
    if (this.#isKept) this.#write();
    this.#isOpen = this.#isKept = false;
    this.#call('LMSFinish', '');
  }

  /**
   * Only a finished case has a score: one under way would be failed by the LMS, which compares any score with that of
   * mastery when the learner leaves. To begin again can only gain: the best score stays, and passed stays passed.
   */
  #grade(puntos) {
    const isPassed = puntos >= Number(aprobar);
    if (this.#status === 'passed' && (!isPassed || !this.#forCredit)) return;
    if (!this.#forCredit) return this.#setStatus('completed');
    if (puntos < this.#best) return;
    this.#best = puntos;
    this.#wanted.set('cmi.core.score.min', '0');
    this.#wanted.set('cmi.core.score.max', '100');
    this.#wanted.set('cmi.core.score.raw', String(puntos));
    this.#setStatus(isPassed ? 'passed' : 'failed');
  }

  #setStatus(status) {
    this.#status = status;
    this.#wanted.set('cmi.core.lesson_status', status);
  }

  #save() {
    const refused = [...this.#write(), this.#call('LMSCommit', '')].find(({ isDone }) => !isDone);
    if (refused) say('sinGuardar', refused.code);
    else say('');
  }

  /** Writes what the LMS has not taken yet; answers what it said. */
  #write() {
    this.#wanted.set('cmi.core.session_time', timespan(performance.now()));
    const due = [...this.#wanted].filter(([element, value]) => this.#taken.get(element) !== value);
    return due.map(([element, value]) => {
      const answer = this.#call('LMSSetValue', element, value);
      if (!answer.isDone && !OPTIONAL.includes(element)) return answer;
      this.#taken.set(element, value);
      return { isDone: true };
    });
  }

  #get(element) {
    return this.#call('LMSGetValue', element);
  }

  /** What the LMS answers, and the code of its error: empty where it gives none. An API that throws has refused. */
  #call(name, ...values) {
    try {
      const answer = String(this.#api[name](...values) ?? '');
      const code = String(this.#api.LMSGetLastError());
      return { answer, isDone: code === '0' && answer !== 'false', code: code === '0' ? '' : code };
    } catch {
      return { answer: '', isDone: false, code: '' };
    }
  }
}

const registro = new Registro();

addEventListener('message', ({ source, data }) => {
  if (source !== frame.contentWindow || data?.raoce !== 1) return;
  if (data.tipo === 'altura' && data.altura > 0) frame.style.height = `${Math.ceil(data.altura)}px`;
  if (data.tipo === 'practica' && isOfThisCase(data)) registro.record(data);
});

/** The learner may have gone on to another case in the frame; that one is not recorded here. */
function isOfThisCase({ caso: id, terminado, puntos, avance }) {
  const isScore = Number.isInteger(puntos) && puntos >= 0 && puntos <= 100;
  return id === caso && typeof terminado === 'boolean' && isScore && typeof avance === 'string' && AVANCE.test(avance);
}

addEventListener('pagehide', () => registro.close());
// Back from the browser's memory, its record is closed: it is opened again.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

const asked = new URLSearchParams({ modo: 'practica', caso, incrustado: '1' });
if (idioma !== 'es') asked.set('lang', idioma);
const avance = registro.open();
if (avance) asked.set('avance', avance);
frame.src = `../raoce.html?${asked}`;

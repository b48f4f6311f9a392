// A stand-in LMS: the run-time API of SCORM 1.2 with its data model, as strict as the standard lets it be (ADL, «SCORM
// 1.2 Run-Time Environment», 2001, 3.3 and 3.4). `lms.log` has every call.
'use strict';

const CORE =
  'student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time';
const is = (pattern) => (text) => pattern.test(text);
const upTo = (length) => (text) => text.length <= length;
const score = (text) => text === '' || (/^\d{1,3}(\.\d+)?$/.test(text) && Number(text) <= 100);

// By element: its use (r, w, rw, or k for a keyword), what may be written to it, and its value before anything is.
const MODEL = {
  'cmi._version': ['k', null, '3.4'],
  'cmi.core._children': ['k', null, CORE],
  'cmi.core.student_id': ['r', null, 'A-17'],
  'cmi.core.student_name': ['r', null, 'Ñúñez, Ana'],
  'cmi.core.lesson_location': ['rw', upTo(255), ''],
  'cmi.core.credit': ['r', null, 'credit'],
  'cmi.core.lesson_status': ['rw', is(/^(passed|completed|failed|incomplete|browsed)$/), 'not attempted'],
  'cmi.core.entry': ['r', null, 'ab-initio'],
  'cmi.core.score._children': ['k', null, 'raw,min,max'],
  'cmi.core.score.raw': ['rw', score, ''],
  'cmi.core.score.min': ['rw', score, ''],
  'cmi.core.score.max': ['rw', score, ''],
  'cmi.core.total_time': ['r', null, '0000:00:00.00'],
  'cmi.core.lesson_mode': ['r', null, 'normal'],
  'cmi.core.exit': ['w', is(/^(time-out|suspend|logout|)$/), ''],
  'cmi.core.session_time': ['w', is(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/), ''],
  'cmi.suspend_data': ['rw', upTo(4096), ''],
  'cmi.launch_data': ['r', null, ''],
  'cmi.comments': ['rw', upTo(4096), ''],
  'cmi.comments_from_lms': ['r', null, ''],
  'cmi.student_data._children': ['k', null, 'mastery_score'],
  'cmi.student_data.mastery_score': ['r', null, ''],
};
const ERRORS = {
  0: 'No error', 101: 'General exception', 201: 'Invalid argument error', 202: 'Element cannot have children',
  203: 'Element not an array - cannot have count', 301: 'Not initialized', 401: 'Not implemented error',
  402: 'Invalid set value, element is a keyword', 403: 'Element is read only', 404: 'Element is write only',
  405: 'Incorrect data type',
};

function seconds(timespan) {
  const [hours, minutes, rest] = timespan.split(':').map(Number);
  return hours * 3600 + minutes * 60 + rest;
}

function timespan(total) {
  const pad = (number, length) => String(Math.floor(number)).padStart(length, '0');
  return `${pad(total / 3600, 4)}:${pad((total / 60) % 60, 2)}:${(total % 60).toFixed(2).padStart(5, '0')}`;
}

/** What the LMS keeps of one learner in one SCO. `overrides`: values by element, such as those of another session. */
class Lms {
  constructor(overrides = {}) {
    const defaults = Object.entries(MODEL).map(([element, [, , value]]) => [element, value]);
    this.data = { ...Object.fromEntries(defaults), ...overrides };
    this.log = [];
    this.refuses = {}; // by element or function: the code with which it is refused
  }

  value(element) {
    return this.data[element];
  }

  /** The API of one session. */
  open() {
    let [isOpen, isOver, error] = [false, false, '0'];
    const log = this.log;

    const fail = (code) => {
      error = code;
      return false;
    };
    const unknown = (element) => {
      const [, parent, kind] = /^(.*)\.(_children|_count)$/.exec(element) ?? [];
      if (parent in MODEL) return kind === '_children' ? '202' : '203';
      return /^cmi\.(objectives|interactions|student_preference|student_data)\./.test(element) ? '401' : '201';
    };
    const isEmpty = (parameter) => parameter === '' || fail('201');
    const isRunning = () => isOpen || fail('301');

    const functions = {
      LMSInitialize: (parameter) => {
        if (!isEmpty(parameter)) return false;
        if (isOpen || isOver) return fail('101');
        return (isOpen = true);
      },
      LMSFinish: (parameter) => {
        if (!isEmpty(parameter) || !isRunning()) return false;
        [isOpen, isOver] = [false, true];
        this.#finish();
        return true;
      },
      LMSCommit: (parameter) => isEmpty(parameter) && isRunning(),
      LMSGetValue: (element) => {
        if (!isRunning()) return '';
        if (!(element in MODEL)) return fail(unknown(element)) || '';
        if (MODEL[element][0] === 'w') return fail('404') || '';
        return this.data[element];
      },
      LMSSetValue: (element, value) => {
        if (!isRunning()) return false;
        if (!(element in MODEL)) return fail(unknown(element));
        const [use, accepts] = MODEL[element];
        if (use === 'k') return fail('402');
        if (use === 'r') return fail('403');
        if (typeof value !== 'string' || !accepts(value)) return fail('405');
        this.data[element] = value;
        return true;
      },
    };
    const api = {
      LMSGetLastError: () => error,
      LMSGetErrorString: (code) => ERRORS[code] ?? '',
      LMSGetDiagnostic: (code) => ERRORS[code || error] ?? '',
    };
    for (const [name, run] of Object.entries(functions)) {
      api[name] = (...values) => {
        error = '0';
        const refusal = this.refuses[name] ?? this.refuses[values[0]];
        const found = refusal ? fail(refusal) : run(...values);
        const answer = name === 'LMSGetValue' ? found || '' : String(found);
        log.push({ name, values, answer, error });
        return answer;
      };
    }
    return api;
  }

  /** What the standard asks of the LMS when the learner has left. */
  #finish() {
    const { data } = this;
    if (data['cmi.core.lesson_status'] === 'not attempted') data['cmi.core.lesson_status'] = 'completed';
    const [mastery, raw] = [data['cmi.student_data.mastery_score'], data['cmi.core.score.raw']];
    const counts = data['cmi.core.credit'] === 'credit' && data['cmi.core.lesson_mode'] === 'normal';
    if (counts && mastery !== '' && raw !== '') {
      data['cmi.core.lesson_status'] = Number(raw) >= Number(mastery) ? 'passed' : 'failed';
    }
    if (data['cmi.core.session_time']) {
      const total = seconds(data['cmi.core.total_time']) + seconds(data['cmi.core.session_time']);
      data['cmi.core.total_time'] = timespan(total);
    }
    data['cmi.core.entry'] = data['cmi.core.exit'] === 'suspend' ? 'resume' : '';
    data['cmi.core.exit'] = data['cmi.core.session_time'] = '';
  }
}

let lms = new Lms();

/** The learner opens the content. `kept`: values by element that another session left, for a new learner. */
function launch(address, kept) {
  if (kept) lms = new Lms(kept);
  window.API = lms.open();
  document.getElementById('sco').src = address;
}

/** The learner goes to another page of the LMS. */
function leave() {
  document.getElementById('sco').src = 'about:blank';
}

"""A SCORM package in a stand-in LMS (ayudas/lms.js): what is recorded, what is resumed, what is said when it cannot."""

import re
import shutil
import tomllib
import zipfile

import pytest
from conftest import DIST, ROOT, only_hosted, watch
from playwright.sync_api import expect

from construir.portatil import portatil
from construir.scorm import scorm
from serve import Site

pytestmark = only_hosted("the package is served by an LMS")

CASE = "fecha-prosec"
SCO = f"paquete/casos/{CASE}.html"
MASTERY = {"cmi.student_data.mastery_score": "80"}


class Plataforma:
    """The LMS, as who takes a course sees it, and what it has on record."""

    def __init__(self, page):
        self.page = page
        self.sco = page.frame_locator("#sco")
        self.caso = self.sco.frame_locator("#marco")
        self.aviso = self.sco.locator("#aviso")
        self.expected_errors, self.height = False, 900

    def launch(self, kept=None):
        """Opens the case. `kept`: what is on record of a learner who has been there before."""
        self.page.evaluate("([address, kept]) => launch(address, kept)", [SCO, kept])
        expect(self.caso.locator("h1")).to_be_visible()
        return self

    def tell(self, **datos):
        """The case tells that the learner has come further, and then its height: once that shows, both were heard."""
        self.height += 1
        frame = next(frame for frame in self.page.frames if "raoce.html" in frame.url)
        tell = "([datos, altura]) => { practica(datos); tell('altura', { altura }); }"
        frame.evaluate(tell, [datos, self.height])
        expect(self.sco.locator("#marco")).to_have_css("height", f"{self.height}px")

    def leave(self):
        finished = len(self.calls("LMSFinish"))
        self.page.evaluate("leave()")
        expect(self.caso.locator("h1")).to_have_count(0)
        self.page.wait_for_function("n => lms.log.filter(c => c.name === 'LMSFinish').length > n", arg=finished)

    def refuse(self, **codes):
        self.page.evaluate("codes => { lms.refuses = codes }", codes)

    def value(self, element):
        return self.page.evaluate("element => lms.value(`cmi.${element}`)", element)

    @property
    def status(self):
        return self.value("core.lesson_status"), self.value("core.score.raw")

    def calls(self, name):
        return [call for call in self.page.evaluate("lms.log") if call["name"] == name]

    @property
    def avance(self):
        """How far the case was told that the learner had come."""
        url = next(frame.url for frame in self.page.frames if "raoce.html" in frame.url)
        assert f"modo=practica&caso={CASE}&incrustado=1" in url
        return re.sub(r".*?incrustado=1(&avance=)?", "", url)


@pytest.fixture
def page_of_case():
    """What is packed for the portable page: one that tells what the test wants it to."""
    return ROOT / "tests" / "ayudas" / "lms.caso.html"


@pytest.fixture
def url(page_of_case, tmp_path):
    """Where the LMS is, with the package of all cases beside it."""
    package = tmp_path / "curso.zip"
    scorm.write(scorm.build(page_of_case.read_bytes(), scorm.read_cases()), package)
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "paquete")
    for name in ("lms.html", "lms.js"):
        shutil.copy(ROOT / "tests" / "ayudas" / name, tmp_path)
    with Site(tmp_path) as url:
        yield url


@pytest.fixture
def lms(device, url):
    """The LMS with the package. No call may go wrong, and each opening has one end, unless the test says so."""
    page = device.new_page()
    problems = watch(page)
    page.goto(url + "lms.html")
    lms = Plataforma(page)
    yield lms
    assert problems == []
    log = page.evaluate("lms.log")
    assert lms.expected_errors or [call for call in log if call["error"] != "0"] == []
    assert len(lms.calls("LMSFinish")) <= len(lms.calls("LMSInitialize"))


def test_a_case_is_begun_left_resumed_and_passed(lms):
    lms.launch(MASTERY)
    assert lms.status == ("incomplete", "") and lms.avance == ""
    expect(lms.aviso).to_be_empty()
    expect(lms.sco.locator("#marco")).to_have_css("height", "813px")
    lms.tell(resueltas=1, puntos=37, avance="limite.1.0.s")
    assert lms.value("suspend_data") == "limite.1.0.s"
    lms.leave()
    # A score of 37 would have made it failed.
    assert lms.status == ("incomplete", "") and lms.value("core.entry") == "resume"
    assert "0000:00:00" < lms.value("core.total_time") < "0000:00:30"

    lms.launch()
    assert lms.avance == "limite.1.0.s"
    lms.tell(resueltas=2, terminado=True, puntos=87, avance="limite.1.0.s_ultima.0.0.s")
    assert lms.status == ("passed", "87")
    assert (lms.value("core.score.min"), lms.value("core.score.max")) == ("0", "100")
    lms.tell(avance="")
    lms.tell(resueltas=2, terminado=True, puntos=81, avance="limite.1.0.s_ultima.0.0.s")
    assert lms.status == ("passed", "87")
    lms.leave()
    assert lms.status == ("passed", "87") and lms.value("core.entry") == ""

    lms.launch()
    assert lms.avance == "limite.1.0.s_ultima.0.0.s"
    names = [call["name"] for call in lms.page.evaluate("lms.log") if call["name"] in ("LMSInitialize", "LMSFinish")]
    assert names == ["LMSInitialize", "LMSFinish"] * 2 + ["LMSInitialize"]


@pytest.mark.parametrize(
    ("before", "points", "after"),
    [
        (("passed", "85"), 50, ("passed", "85")),
        (("passed", "85"), 95, ("passed", "95")),
        (("passed", ""), 79, ("passed", "")),
        (("passed", ""), 80, ("passed", "80")),
        (("failed", "40"), 30, ("failed", "40")),
        (("failed", "40"), 60, ("failed", "60")),
        (("failed", "40"), 80, ("passed", "80")),
        (("failed", "0"), 79, ("failed", "79")),
        (("completed", ""), 79, ("failed", "79")),
    ],
)
def test_to_begin_again_can_only_gain(lms, before, points, after):
    status, score = before
    kept = {"cmi.core.lesson_status": status, "cmi.core.score.raw": score, "cmi.core.entry": ""}
    lms.launch(MASTERY | kept)
    lms.tell(avance="")
    assert lms.status == before
    lms.tell(terminado=True, puntos=points, avance="limite.0.0.s")
    assert lms.status == after
    lms.leave()
    assert lms.status == after


def test_whoever_begins_again_and_leaves_half_way_keeps_the_grade(lms):
    lms.launch(MASTERY | {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "85", "cmi.core.entry": ""})
    lms.tell(puntos=10, avance="limite.2.0.n")
    lms.leave()
    assert lms.status == ("passed", "85") and lms.value("core.entry") == "resume"
    assert lms.launch().avance == "limite.2.0.n"


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_a_look_at_it_writes_nothing(lms, mode):
    lms.launch({"cmi.core.lesson_mode": mode, "cmi.core.entry": "", "cmi.suspend_data": "limite.1.0.s"})
    assert lms.avance == "limite.1.0.s"
    expect(lms.aviso).to_have_text("Estás repasando este caso: lo que hagas ahora no se registra.")
    lms.tell(terminado=True, puntos=100, avance="limite.0.0.s")
    lms.leave()
    assert lms.calls("LMSSetValue") == lms.calls("LMSCommit") == []
    assert lms.value("suspend_data") == "limite.1.0.s"


@pytest.mark.parametrize(("before", "after"), [("not attempted", "completed"), ("passed", "passed")])
def test_without_credit_there_is_no_grade(lms, before, after):
    lms.launch(MASTERY | {"cmi.core.credit": "no-credit", "cmi.core.lesson_status": before})
    lms.tell(terminado=True, puntos=90, avance="limite.0.0.s")
    lms.leave()
    assert lms.status == (after, "")


def test_whoever_leaves_before_the_case_has_come_keeps_what_there_was(lms):
    lms.page.route("**/raoce.html*", lambda route: route.fulfill(body="", content_type="text/html"))
    kept = {"cmi.core.entry": "resume", "cmi.core.lesson_status": "incomplete", "cmi.suspend_data": "limite.1.0.s"}
    lms.page.evaluate("([address, kept]) => launch(address, kept)", [SCO, kept])
    expect(lms.sco.locator("#marco")).to_have_attribute("src", re.compile("avance=limite.1.0.s"))
    lms.leave()
    assert lms.value("core.entry") == "resume" and lms.value("suspend_data") == "limite.1.0.s"


def test_what_another_learner_left_is_not_resumed(lms):
    assert lms.launch({"cmi.suspend_data": "limite.1.0.s"}).avance == ""


def test_only_its_own_frame_is_heard_and_only_about_its_case(lms):
    lms.launch()
    written = len(lms.calls("LMSSetValue"))
    lms.tell(caso="en-pesos", terminado=True, puntos=100, avance="x")
    for wrong in ({"puntos": 101}, {"puntos": "100"}, {"terminado": 1}, {"avance": "a b"}, {"avance": "a" * 4097}):
        lms.tell(**{"terminado": True, "puntos": 100, "avance": "x", **wrong})
    message = {"raoce": 1, "tipo": "practica", "caso": CASE, "terminado": True, "puntos": 100, "avance": "x"}
    lms.page.evaluate("message => sco.contentWindow.postMessage(message, '*')", message)
    lms.tell(caso="en-pesos")
    assert len(lms.calls("LMSSetValue")) == written and lms.status == ("incomplete", "")


def test_what_is_not_saved_is_said_and_saved_later(lms):
    lms.expected_errors = True
    lms.launch()
    lms.refuse(**{"cmi.suspend_data": "405"})
    lms.tell(resueltas=1, avance="limite.1.0.s")
    expect(lms.aviso).to_contain_text("La plataforma de cursos no guardó tu último avance (código 405).")
    lms.refuse(LMSCommit="101")
    lms.tell(resueltas=1, avance="limite.2.0.s")
    expect(lms.aviso).to_contain_text("(código 101)")
    lms.refuse(**{"cmi.core.lesson_status": "101"})
    lms.tell(terminado=True, puntos=90, avance="limite.2.0.s")
    expect(lms.aviso).to_contain_text("(código 101)")
    assert lms.status == ("incomplete", "90")
    lms.tell(avance="")
    lms.refuse()
    lms.leave()
    assert lms.status == ("passed", "90") and lms.value("suspend_data") == ""


def test_the_notice_goes_when_all_is_saved(lms):
    lms.expected_errors = True
    lms.launch()
    lms.refuse(LMSCommit="101")
    lms.tell(avance="limite.1.0.n")
    expect(lms.aviso).to_contain_text("no guardó tu último avance")
    lms.refuse()
    lms.tell(avance="limite.2.0.n")
    expect(lms.aviso).to_be_empty()


def test_an_element_that_an_lms_need_not_have_is_not_missed(lms):
    lms.expected_errors = True
    lms.page.evaluate(
        "lms.refuses = { 'cmi.core.score.min': '401', 'cmi.core.score.max': '401', 'cmi.core.lesson_mode': '401' }"
    )
    lms.launch()
    lms.tell(terminado=True, puntos=90, avance="limite.0.0.s")
    assert lms.status == ("passed", "90")
    expect(lms.aviso).to_be_empty()


@pytest.mark.parametrize(("refused", "code"), [("LMSInitialize", "101"), ("cmi.suspend_data", "101")])
def test_a_record_that_does_not_open_is_said_and_is_not_overwritten(lms, refused, code):
    lms.expected_errors = True
    kept = {"cmi.core.entry": "resume", "cmi.core.lesson_status": "incomplete", "cmi.suspend_data": "limite.1.0.s"}
    lms.page.evaluate("kept => { lms = new Lms(kept) }", kept)
    lms.refuse(**{refused: code})
    lms.launch()
    expect(lms.aviso).to_contain_text(
        f"La plataforma de cursos no pudo abrir tu registro de este caso (código {code})."
    )
    lms.tell(terminado=True, puntos=90, avance="limite.0.0.s")
    assert lms.calls("LMSSetValue") == [] and lms.value("suspend_data") == "limite.1.0.s"


def test_an_api_that_breaks_is_one_that_refuses(lms):
    lms.launch()
    lms.page.evaluate("() => { API.LMSSetValue = () => { throw new Error('broken') } }")
    lms.tell(avance="limite.1.0.n")
    expect(lms.aviso).to_contain_text("no guardó tu último avance. Se vuelve a intentar")


def test_without_an_lms_the_case_works_and_says_that_nothing_is_recorded(device, url):
    page = device.new_page()
    page.goto(url + SCO)
    expect(page.locator("#aviso")).to_have_text(
        "Esta página no se abrió desde una plataforma de cursos: "
        "puedes resolver el caso, pero el resultado no se registra."
    )
    expect(page.frame_locator("#marco").locator("h1")).to_be_visible()


def test_the_lms_is_found_in_the_window_that_opened_this_one(lms):
    lms.page.evaluate("API = lms.open(), null")
    with lms.page.expect_popup() as popup:
        lms.page.evaluate("address => { window.open(address) }", SCO)
    expect(popup.value.frame_locator("#marco").locator("h1")).to_be_visible()
    assert lms.status == ("incomplete", "")
    popup.value.close()
    lms.page.wait_for_function("lms.log.some(call => call.name === 'LMSFinish')")


def test_the_lms_is_found_beyond_a_window_of_another_site(lms, url, tmp_path):
    folder = tmp_path / "otro-sitio"
    folder.mkdir()
    (folder / "index.html").write_text(f'<iframe id="marco" src="{url + SCO}"></iframe>')
    lms.page.evaluate("API = lms.open(), null")
    with Site(folder) as other:
        lms.page.evaluate("address => { sco.src = address }", other)
        expect(lms.caso.frame_locator("#marco").locator("h1")).to_be_visible()
    assert lms.status == ("incomplete", "")


def test_the_end_is_told_once_when_the_lms_takes_the_frame_away(lms):
    lms.launch()
    lms.page.evaluate("sco.remove()")
    lms.page.wait_for_function("lms.log.some(call => call.name === 'LMSFinish')")
    assert [call["name"] for call in lms.page.evaluate("lms.log")].count("LMSFinish") == 1


def answer(lms, question, value):
    lms.caso.locator(f"#respuesta-{question}").fill(value.isoformat())
    lms.caso.locator(f"#pregunta-{question}").get_by_role("button", name="Comprobar").click()


def expect_avance(lms, expected):
    lms.page.wait_for_function("expected => lms.value('cmi.suspend_data') === expected", arg=expected)


@pytest.mark.parametrize("page_of_case", [DIST / portatil.NAME], ids=["real"])
def test_the_real_case_is_solved_in_two_sittings(lms, page_of_case):
    case = tomllib.loads((scorm.CASES / f"{CASE}.toml").read_text(encoding="utf-8"))
    first, *others = [(question["clave"], question["respuesta"]) for question in case["preguntas"]]
    lms.launch(MASTERY)
    answer(lms, first[0], case["fecha"])
    expect_avance(lms, f"{first[0]}.1.0.n")
    answer(lms, *first)
    expect_avance(lms, f"{first[0]}.1.0.s")
    lms.leave()
    assert lms.status == ("incomplete", "") and lms.value("core.entry") == "resume"

    lms.launch()
    expect(lms.caso.locator(f"#pregunta-{first[0]}")).to_have_attribute("data-estado", "resuelta")
    for question in others:
        answer(lms, *question)
    lms.page.wait_for_function("lms.value('cmi.core.score.raw') !== ''")
    lms.leave()
    assert lms.status == ("passed", "91") and lms.value("core.entry") == ""


def test_the_stand_in_refuses_what_the_standard_refuses(lms):
    """Else the tests above would show nothing."""
    lms.expected_errors = True
    calls = [
        ("LMSGetValue", "cmi.core.credit", "301"),
        ("LMSFinish", "", "301"),
        ("LMSInitialize", "x", "201"),
        ("LMSInitialize", "", "0"),
        ("LMSInitialize", "", "101"),
        ("LMSCommit", "x", "201"),
        ("LMSGetValue", "cmi.core.credit", "0"),
        ("LMSGetValue", "cmi.nada", "201"),
        ("LMSGetValue", "cmi.core.credit._children", "202"),
        ("LMSGetValue", "cmi.core.credit._count", "203"),
        ("LMSGetValue", "cmi.core.exit", "404"),
        ("LMSGetValue", "cmi.interactions.0.id", "401"),
        ("LMSSetValue", "cmi.core._children", "x", "402"),
        ("LMSSetValue", "cmi.core.entry", "resume", "403"),
        ("LMSSetValue", "cmi.core.lesson_status", "not attempted", "405"),
        ("LMSSetValue", "cmi.core.lesson_status", "aprobado", "405"),
        ("LMSSetValue", "cmi.core.exit", "normal", "405"),
        ("LMSSetValue", "cmi.core.score.raw", "101", "405"),
        ("LMSSetValue", "cmi.core.score.raw", "-1", "405"),
        ("LMSSetValue", "cmi.core.score.raw", 80, "405"),
        ("LMSSetValue", "cmi.core.session_time", "1:00:00", "405"),
        ("LMSSetValue", "cmi.core.session_time", "00:61:00", "405"),
        ("LMSSetValue", "cmi.suspend_data", "a" * 4097, "405"),
        ("LMSSetValue", "cmi.suspend_data", "a" * 4096, "0"),
        ("LMSSetValue", "cmi.core.score.raw", "79.5", "0"),
        ("LMSFinish", "", "0"),
        ("LMSSetValue", "cmi.suspend_data", "a", "301"),
        ("LMSInitialize", "", "101"),
    ]
    lms.page.evaluate("MASTERY => { lms = new Lms(MASTERY); API = lms.open() }", MASTERY)
    for name, *values, code in calls:
        lms.page.evaluate("([name, values]) => API[name](...values)", [name, values])
        assert (name, values, lms.page.evaluate("API.LMSGetLastError()")) == (name, values, code)
    assert lms.status == ("failed", "79.5")

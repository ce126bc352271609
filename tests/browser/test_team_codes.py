"""Codes for a group: what is written is read again, a slip of the pen is noticed, and nobody is pointed out."""

from typing import Any

from selenium.webdriver.common.by import By

from tests.browser.drivers import emulate
from tests.browser.helpers import VIEWS, Person, violations

PAGE = "egen-koll-i-gruppen/"
KIND: dict[str, Any] = {"name": "kollen 1", "sizes": [6] * 8 + [5] * 8}
SEEDED = """
  let state = 20261127;
  const random = (below) => ((state = (state * 1103515245 + 12345) % 2147483648) >> 8) % below;
  const some = (kind) => kind.sizes.map((size) => random(size + 1) - 1);
  const kind = arguments[0];
"""


def in_page(person: Person, script: str, *values: object) -> Any:
    """What a script gives on the page, with the functions of codes at hand."""
    return person.driver.execute_script(
        f"const {{ SIGNS, encode, decode, read, counted }} = heja.codes; {script}", *values
    )


def test_what_is_encoded_is_decoded(person: Person) -> None:
    """Random answers of questionnaires of many sizes come back, also all or none answered."""
    person.opens(PAGE)
    script = """
      const sizes = [[2], Array(40).fill(9), [6, 6, 6, 6]];
      const kinds = [kind, ...sizes.map((each) => ({ name: "other", sizes: each }))];
      for (const one of kinds) {
        const ends = [one.sizes.map(() => -1), one.sizes.map((size) => size - 1)];
        for (const answers of [...ends, ...Array.from({ length: 300 }, () => some(one))]) {
          const code = encode(one, answers);
          const again = decode(one, ` ${code.toLowerCase().replaceAll("-", " ")} `);
          if (String(again.answers) !== String(answers)) return [one, answers, code, again];
        }
      }
      return null;
    """
    assert in_page(person, SEEDED + script, KIND) is None


def test_a_code_is_twelve_signs(person: Person) -> None:
    """Sixteen statements become three groups of four signs."""
    person.opens(PAGE)
    code = in_page(person, "return encode(arguments[0], Array(16).fill(0))", KIND)
    assert [len(part) for part in code.split("-")] == [4, 4, 4]


def test_every_wrong_sign_and_swap_of_neighbours_is_noticed(person: Person) -> None:
    """For many codes: each sign changed to each other, neighbours changed about, a sign lost or one too many."""
    person.opens(PAGE)
    script = """
      let tried = 0;
      for (let round = 0; round < 40; round += 1) {
        const code = encode(kind, some(kind)).replaceAll("-", "");
        const wrong = [];
        for (let at = 0; at < code.length; at += 1) {
          for (const sign of SIGNS) if (sign !== code[at]) wrong.push(code.slice(0, at) + sign + code.slice(at + 1));
          const [before, here] = [code[at - 1], code[at]];
          if (at && here !== before) wrong.push(code.slice(0, at - 1) + here + before + code.slice(at + 1));
          wrong.push(code.slice(0, at) + code.slice(at + 1), `${code.slice(0, at)}2${code.slice(at)}`);
        }
        for (const one of wrong) if (decode(kind, one).answers) return one;
        tried += wrong.length;
      }
      return tried;
    """
    tried = in_page(person, SEEDED + script, KIND)
    assert isinstance(tried, int) and tried > 10_000, tried


def test_a_code_of_other_statements_is_told(person: Person) -> None:
    """A code of another version has the right sum and is refused for what it is."""
    person.opens(PAGE)
    script = "return decode(arguments[0], encode({ ...arguments[0], name: 'kollen 2' }, Array(16).fill(1))).error"
    assert in_page(person, script, KIND) == "form"


COUNTS: list[tuple[list[int], dict[str, Any]]] = [
    ([0, 0, 0, 0, 0, 1], {"counts": [5, 1, 0]}),
    ([0, 0, 0, 0, 1], {"hidden": "few"}),
    ([0, 0, 0, 0, 0, 0], {"hidden": "alike"}),
    ([0, 0, 0, 0, 1, 2], {"hidden": "few"}),
    ([0, 0, 0, 0, 0, 0, 2], {"hidden": "alike"}),
    ([0, 1, 0, 1, 0, 1, 2, -1], {"counts": [3, 3, 1]}),
    ([], {"hidden": "few"}),
    ([2] * 9, {"hidden": "few"}),
]


def test_what_could_point_someone_out_is_hidden(person: Person) -> None:
    """Fewer than six with an occasion, or all alike, shows no counts."""
    person.opens(PAGE)
    for answers, wanted in COUNTS:
        assert in_page(person, "return counted(arguments[0], [true, true, false])", answers) == wanted, answers


def codes(person: Person, number: int) -> list[str]:
    """Codes of so many people, no two alike, for the statements of the page."""
    script = """
      const { kind } = document.querySelector("heja-team-counts");
      const answer = (who, item) => [who % 5, 0][item] ?? (who + item) % 2;
      const people = Array.from({ length: arguments[0] }, (_, who) => kind.sizes.map((_, item) => answer(who, item)));
      return people.map((answers) => encode(kind, answers));
    """
    found: list[str] = in_page(person, script, number)
    return found


def write(person: Person, rows: list[str]) -> None:
    """Paste codes in the field."""
    script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))"
    field = person.driver.find_element(By.CSS_SELECTOR, "[data-role='codes']")
    person.driver.execute_script(script, field, "\n".join(rows))


def press(person: Person, role: str) -> None:
    """Press a button of the page."""
    button = person.driver.find_element(By.CSS_SELECTOR, f"[data-role='{role}']")
    person.driver.execute_script("arguments[0].click()", button)


def test_bad_lines_are_named_and_the_rest_are_read(person: Person) -> None:
    """A lost sign, a strange sign, a wrong sign and a code twice are each told by line; the others count."""
    person.opens(PAGE)
    good = codes(person, 7)
    wrong = good[0][:-1] + ("2" if good[0][-1] != "2" else "3")
    write(person, [*good, "", good[1][:-1], "OOOO-OOOO-OOOO", wrong, good[2].lower()])
    person.sees("7 av 11 koder är lästa.")
    rows = [row.text for row in person.driver.find_elements(By.CSS_SELECTOR, "[data-role='faults'] li")]
    assert [row.split(":")[0].split(",")[0] for row in rows] == ["Rad 9", "Rad 10", "Rad 11", "Rad 12"]
    assert "1 tecken saknas" in rows[0] and "tecknet O" in rows[1] and "bytt plats" in rows[2] and "rad 3" in rows[3]
    press(person, "count")
    shown = person.driver.find_element(By.CSS_SELECTOR, "[data-counts='q05']").text
    assert "Aldrig" in shown and "2" in shown
    assert "Alla svarade lika" in person.driver.find_element(By.CSS_SELECTOR, "[data-counts='q06']").text


def test_five_codes_show_no_counts(person: Person) -> None:
    """Under six the page leads to the conversation, also when a sixth line is wrong."""
    person.opens(PAGE)
    write(person, [*codes(person, 5), "2222-2222-2222"])
    press(person, "count")
    person.sees("Antal visas från sex koder.")
    assert not person.driver.find_element(By.CSS_SELECTOR, "[data-role='counts']").is_displayed()


def test_my_code_is_read_by_the_leader(person: Person) -> None:
    """What a person answers on the page becomes the code that the same page reads; nothing is saved."""
    person.opens(PAGE)
    box = person.driver.find_element(By.CSS_SELECTOR, "[name='q05'][value='once']")
    person.driver.execute_script("arguments[0].click()", box)
    press(person, "show")
    code = person.driver.switch_to.active_element.text
    answers = in_page(
        person, "return decode(document.querySelector('heja-team-counts').kind, arguments[0]).answers", code
    )
    assert answers == [1] + [-1] * 15
    assert person.driver.execute_script("return localStorage.length") == 0


def test_axe_finds_nothing_in_any_state_of_the_group(person: Person) -> None:
    """With a code, with faults and with counts, narrow and wide, light and dark; and nothing is cut at 320 px."""
    person.opens(PAGE)
    press(person, "show")
    write(person, [*codes(person, 7), "2222"])
    press(person, "count")
    for width, scheme in VIEWS:
        emulate(person.driver, width=width, scheme=scheme)
        assert violations(person.driver) == [], (width, scheme)
        assert person.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), width

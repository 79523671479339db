import { afterAll, describe, expect, test } from 'vitest'
import { Fixture } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const variables = {
  list: [3, 1, 2],
  tree: { b: [1, 'x'], a: null },
  shell: "it's $HOME",
  path: '/etc/nginx/nginx.conf',
  text: 'port 80 and 443',
  hosts: [
    { name: 'a', zone: 'constructor' },
    { name: 'b', zone: '__proto__' },
    { name: 'c', zone: 'constructor' },
  ],
  nothing: null,
}

describe('filters', () => {
  test.each<[string, string]>([
    ['{{ tree | to_json }}', '{"b":[1,"x"],"a":null}'],
    ['{{ tree.b | tojson(2) }}', '[\n  1,\n  "x"\n]'],
    ['{{ tree.b | to_json(indent=1) }}', '[\n 1,\n "x"\n]'],
    ['{{ "a\\n\\"" | to_json }}{{ nothing | to_json }}{{ true | tojson }}', '"a\\n\\""nulltrue'],
    ['{{ list | dump }}', '[3,1,2]'],
    ['{{ tree | to_yaml }} {{ "yes" | to_yaml }}', '{"b":[1,"x"],"a":null} "yes"'],
    ['{{ shell | quote }} {{ "plain" | quote }} {{ "" | quote }} {{ 5 | quote }}', `'it'\\''s $HOME' plain '' 5`],
    ['{{ "grün" | b64encode }} {{ "Z3LDvG4=" | b64decode }} {{ "Z3LDvG4" | b64decode }}', 'Z3LDvG4= grün grün'],
    [
      '{{ "yes" | bool }} {{ "Off" | bool }} {{ 1 | bool }} {{ 0 | bool }} {{ true | bool }} {{ nothing | bool }}',
      'true false true false true false',
    ],
    ['{{ path | basename }} {{ path | dirname }} {{ "x/" | basename }}', 'nginx.conf /etc/nginx x'],
    ['{{ text | regex_replace("[0-9]+", "N") }}', 'port N and N'],
    ['{{ text | regex_replace("(\\\\d)(\\\\d+)", "\\\\2-\\\\1$1") }}', 'port 0-8$1 and 43-4$1'],
    ['{{ text | regex_replace("(?P<n>\\\\d+)", "<\\\\g<n>\\\\g<1>>") }}', 'port <8080> and <443443>'],
    [
      '{{ text | regex_replace("PORT ", "", ignorecase=true) }} {{ text | regex_replace(r/P/i, "") }}',
      '80 and 443 ort 80 and 443',
    ],
    [
      '{{ "a\\nb" | regex_replace("^", "> ", multiline=true) }} {{ text | regex_replace("x") }}',
      '> a\n> b port 80 and 443',
    ],
    ['{{ text | regex_search("[0-9]+") }}[{{ text | regex_search("x") }}]', '80[]'],
    ['{{ text | regex_search("(\\\\w+) (?<n>\\\\d+)", "\\\\2", "\\\\g<n>", 1) }}', '["80","80","port"]'],
    ['{% if text | regex_search("nope") %}a{% else %}b{% endif %}', 'b'],
    ['{{ list | sort }} {{ list | sort(reverse=true) }} {{ list }}', '[1,2,3] [3,2,1] [3,1,2]'],
    [
      '{{ list | first }} {{ list | last }} {{ list | length }} {{ tree | length }} {{ list | join("-") }}',
      '3 2 3 2 3-1-2',
    ],
    ['{{ hosts | groupby("zone") | length }} {{ (hosts | groupby("zone"))["constructor"] | length }}', '2 2'],
    ['{{ hosts | selectattr("name") | length }} {{ list | select("odd") }} {{ list | reject("odd") }}', '3 [3,1] [2]'],
    ['{{ tree | dictsort }} {{ tree | list | length }}', '[["a",null],["b",[1,"x"]]] 2'],
    ['{{ "5" | int }} {{ "1.5" | float }} {{ "x" | int(7) }} {{ 5 | string ~ 1 }}', '5 1.5 7 51'],
    ['{{ "<a>" | escape }} {{ "<a>" | safe }} {{ "<a>" | safe is string }}', '&lt;a&gt; <a> true'],
    ['{{ " a " | trim }}{{ "a b" | title }}{{ "ab" | capitalize }}{{ "ab" | upper }}{{ "AB" | lower }}', 'aA BAbABab'],
    [
      '{{ "a\\nb" | indent(2) }} {{ "a" | center(3) }} {{ list | slice(2) }} {{ list | batch(2) }}',
      'a\n  b  a  [[3,1],[2]] [[3,1],[2]]',
    ],
    [
      '{{ tree | string }} {{ "a b" | urlencode }} {{ "aXbX" | replace("X", "-", 1) }} {{ list | sum }}',
      '{"b":[1,"x"],"a":null} a%20b a-bX 6',
    ],
  ])('%s', (template, text) => {
    expect(fixture.render(template, { scope: { variables } })).toBe(text)
  })

  test.each<[string, string]>([
    ['{{ "maybe" | bool }}', '"maybe" is neither true nor false'],
    ['{{ list | quote }}', 'the filter "quote" needs a text, found a list'],
    ['{{ "a\0" | quote }}', 'the filter "quote" on a text failed: a NUL byte cannot be passed to a shell'],
    ['{{ "§§" | b64decode }}', 'the filter "b64decode" needs a text in base64'],
    ['{{ "/w==" | b64decode }}', 'the filter "b64decode" finds bytes that are no text'],
    ['{{ "a" | regex_replace("(", "") }}', '"(" is no regular expression'],
    ['{{ "a" | regex_search("(") }}', '"(" is no regular expression'],
    ['{% set l = [] %}{% set x = l.push(l) %}{{ l | to_json }}', 'the value nests too deep'],
  ])('%j fails', (template, message) => {
    expect(fixture.failure(template, { scope: { variables } })).toMatchObject({ code: 'PRV_TEMPLATE_FAILED', message })
  })
})

describe('tests', () => {
  test.each<[string, string]>([
    [
      '{{ true is boolean }} {{ 1 is boolean }} {{ true is true }} {{ 1 is true }} {{ false is false }}',
      'true false true false true',
    ],
    ['{{ 1 is integer }} {{ 1.5 is integer }} {{ 1.5 is float }} {{ 1 is number }}', 'true false true true'],
    [
      '{{ [] is sequence }} {{ {} is mapping }} {{ "" is string }} {{ 1 is iterable }} {{ none is iterable }}',
      'true true true false false',
    ],
    [
      '{{ none is none }} {{ none is null }} {{ 4 is even }} {{ 4 is divisibleby(2) }} {{ 1 is not equalto(1) }}',
      'true true true true false',
    ],
    ['{{ range is callable }} {{ 1 is callable }}', 'true false'],
  ])('%s', (template, text) => {
    expect(fixture.render(template)).toBe(text)
  })
})

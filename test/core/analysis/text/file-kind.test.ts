// Which files are Dockerfiles, which are templates that make one, and which are something else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../../server/src/core/lint/config';
import { noFacts } from '../../../../server/src/core/lint/facts';
import { lint } from '../../../../server/src/linter';

const from = 'FROM debian:12\n';

/** What is said about the kind of a file: the placeholder, or what the file is; undefined for a Dockerfile. */
function kindOf(text: string, path?: string): string | undefined {
  const { findings, model } = lint(text, defaultConfig, { ...noFacts, path });
  const kind = findings.find(({ rule }) => rule.readsAnyFile);
  if (!kind) return undefined;
  assert.equal(findings.length, 1, 'one finding, and nothing else');
  return kind.severity === 'hint'
    ? model.document.slice(kind.at)
    : /file is (saved as UTF-16|.*?)(?:, not|, which)/.exec(kind.message)?.[1];
}

const templates: readonly (readonly [text: string, placeholder: string, path?: string])[] = [
  ['FROM {{ image }}\n', '{{ image }}'],
  ['FROM debian:{{version}}\n', '{{version}}'],
  ['FROM debian:{{ cookiecutter.version }} AS build\n', '{{ cookiecutter.version }}'],
  ['FROM debian:${{ matrix.tag }}\n', '${{ matrix.tag }}'],
  ['FROM debian:<%= @tag %>\n', '<%= @tag %>'],
  ['FROM @IMAGE@\n', '@IMAGE@'],
  ['FROM @@IMAGE@@:1\n', '@@IMAGE@@'],
  ['FROM balenalib/%%MACHINE%%-node\n', '%%MACHINE%%'],
  ['FROM debian:%TAG%\n', '%TAG%'],
  ['FROM __ARCH__/debian\n', '__ARCH__'],
  ['FROM #ID#:1\n', '#ID#'],
  ['FROM {image}\n', '{image}'],
  [`{%- set x = 1 %}\n${from}`, '{%- set x = 1 %}'],
  [`{# what this is #}\n${from}`, '{# what this is #}'],
  [`${from}{% if debug %}\nRUN make\n{% endif %}\n`, '{% if debug %}'],
  [`${from}{{- if .Debug }}\nRUN make\n{{- end }}\n`, '{{- if .Debug }}'],
  [`${from}<% if debug %>\nRUN make\n<% end %>\n`, '<% if debug %>'],
  [`${from}@PACKAGES@\n`, '@PACKAGES@'],
  [`${from}include(\`common.m4')\n`, 'include'],
  [`${from}RUN {{ command }}\n`, '{{ command }}'],
  [`${from}RUN pip install {{ packages }}\n`, '{{ packages }}'],
  [`${from}RUN gem install rails -v <%= version %>\n`, '<%= version %>'],
  [
    `${from}RUN apt-get update \\\n {% for p in packages %}\n {{ p }} \\\n {% endfor %}\n`,
    '{% for p in packages %}',
  ],
  [`${from}EXPOSE {{ port }}\n`, '{{ port }}'],
  [`${from}USER {{ user }}\n`, '{{ user }}'],
  [`${from}ENV NAME={{ name }}\n`, '{{ name }}'],
  [`${from}ENV SHA=\${{ github.sha }}\n`, '${{ github.sha }}'],
  [`${from}ONBUILD COPY {{ what }} /\n`, '{{ what }}'],
  [`${from}RUN echo {{x}}\n`, '{{x}}', 'Dockerfile.j2'],
  [`${from}RUN echo {{x}}\n`, '{{x}}', '/work/{{cookiecutter.name}}/Dockerfile'],
  [`${from}RUN echo {{x}}\n`, '{{x}}', '/chart/templates/Dockerfile'],
  [`${from}RUN echo '<%= x %>'\n`, '<%= x %>', 'Dockerfile.erb'],
  [`${from}COPY @NAME@ /\n`, '@NAME@', 'Dockerfile.in'],
  [`${from}COPY __NAME__ /\n`, '__NAME__', 'Dockerfile.template'],
  [`${from}#include "common.in"\n`, '#include "common.in"', 'Containerfile.in'],
  [`${from}LABEL version="{{ .Version }}"\n`, '{{ .Version }}', 'Dockerfile.tmpl'],
];

const others: readonly (readonly [text: string, what: string])[] = [
  ['module example.com/app\n\ngo 1.24\n', 'a go.mod file'],
  ['{ "name": "app", "version": "1" }\n', 'JSON'],
  ['{}\n', 'JSON'],
  ['[\n  { "a": 1 }\n]\n', 'JSON'],
  ['version: "3"\nservices:\n  web:\n    image: nginx\n', 'YAML'],
  ['---\nname: app\n', 'YAML'],
  ['- one\n- two\n', 'YAML'],
  ['#!/bin/sh\nset -e\necho hello\n', 'a script'],
  ['#!/usr/bin/env python3\nfrom os import path\nimport sys\n', 'a script'],
  ['<?xml version="1.0"?>\n<project>\n</project>\n', 'XML or HTML'],
  ['This is about our images.\nThey are small.\nSee the wiki.\n', 'another kind of text'],
  ['Dear reader\nCopy the files\nand this\nthen that\nnow one\nmore line\n', 'another kind of text'],
  ['\u007fELF\0\u0001\u0002\n more', 'binary data'],
  [[...'FROM debian:12\nUSER app\n'].map((c) => `${c}\0`).join(''), 'saved as UTF-16'],
  [[...'FROM debian:12\nUSER app\n'].map((c) => `\0${c}`).join(''), 'saved as UTF-16'],
  ['\uFFFD\uFFFDF\0R\0O\0M\0 \0\u65e5\u672c', 'saved as UTF-16'],
];

const dockerfiles: readonly (readonly [text: string, path?: string])[] = [
  [`${from}RUN docker inspect --format '{{.State.Status}}' app\n`],
  [`${from}RUN docker ps --format {{.Names}}\n`],
  [`${from}RUN curl -w '%{http_code}' https://example.com\n`],
  [`${from}RUN awk '{print}' x && find . -exec echo {} ;\n`],
  [`${from}RUN x=\${y#__A__} && echo "{% raw %}" '<%= x %>' > t\n`],
  [`${from}RUN <<EOF\n{% if x %}\n{{ y }}\n<%= z %>\nEOF\n`],
  [`${from}COPY <<EOF /x\n{{ y }}\n@Z@\nEOF\n`],
  [`${from}LABEL usage="docker inspect --format '{{.Id}}'" by="a@b.example"\n`],
  [`${from}ENV FORMAT='{{ .Name }}' OTHER={{.Name}}\n`],
  [`${from}HEALTHCHECK CMD curl -w '%{http_code}' http://localhost\n`],
  [`# {{ not a placeholder }}\n${from}`],
  ['ARG V\nFROM debian:${V}\n'],
  [`${from}RUN echo \\ # shows\n{{.Names}}\n`],
  [from, 'Dockerfile.j2'],
  [`${from}RUN make\n`, '/templates/app/Dockerfile'],
  ['FORM debian:12\nRNU make\nCPOY a b\n'],
  ['RUN apt-get install\n  a\n  b\n  c\n  d\n  e\n  f\n'],
  ['#!/usr/bin/env docker\nFROM debian:12\n'],
  ['{ "syntax": "docker/other:1" }\n'],
  [''],
  ['compile the thing\n'],
  [`${from}RUN printf 'a\0b'\n`],
];

for (const [text, placeholder, path] of templates)
  test(`template ${path ?? ''} ${JSON.stringify(text)}`, () => {
    assert.equal(kindOf(text, path), placeholder);
  });

for (const [text, what] of others)
  test(`${what}: ${JSON.stringify(text)}`, () => {
    assert.equal(kindOf(text), what);
  });

for (const [text, path] of dockerfiles)
  test(`Dockerfile ${path ?? ''} ${JSON.stringify(text)}`, () => {
    assert.equal(kindOf(text, path), undefined);
  });

test('a file in UTF-16 gives one message, without NUL characters', () => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Buffer.from('\uFEFFFROM ubuntu:24.04\nRUN apt-get install curl\n', 'utf16le'),
  );
  const { findings } = lint(text, defaultConfig, noFacts);
  assert.deepEqual(
    findings.map(({ message, severity }) => [severity, message]),
    [['error', 'This file is saved as UTF-16, which the builder cannot read: save it as UTF-8']],
  );
});

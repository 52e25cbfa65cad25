// Where a version is written for an image whose tag moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findVersionPlace } from '../../../../server/src/core/analysis/images/version-places';
import { modelOf } from '../../../harness/commands';
import { mark, parseMarked } from '../../../harness/marked';

/** Marked: what the tag is written over. Behind it: the images to ask for. */
const table: readonly (readonly [source: string, names: string])[] = [
  ['FROM node«»', 'node'],
  ['FROM --platform=linux/amd64 "node«»" AS latest', 'node'],
  ['FROM node:«latest» AS x\nFROM x\nFROM "reg.example:5000/a/b:«latest»"', 'node reg.example:5000/a/b'],
  ['FROM reg.example:5000/a«»\r\nCOPY --from=reg.example/b«» x y', 'reg.example:5000/a reg.example/b'],
  ['FROM scratch\nRUN --mount=type=bind,from=team/app:«latest»,target=/t ["/t/x"]', 'team/app'],
  ['ARG BASE=node«»\nFROM $BASE\nFROM ${BASE} AS x', 'node node'],
  ['ARG BASE="node:«latest»"\nFROM ${BASE}', 'node'],
  ['ARG BASE="no"de«»\nFROM ${BASE}', 'node'],
  ['ARG TAG=«latest»\nFROM node:$TAG', 'node'],
  ["ARG A=1 TAG='«latest»'\nFROM reg.example:5000/node:${TAG}\nFROM alpine:«3»", 'reg.example:5000/node alpine'],
  // Not, or not by itself.
  ['# syntax=docker/dockerfile:latest\nFROM scratch', ''],
  ['FROM node:«22»\nFROM node:«latest-slim»\nFROM node:«lATEST»', 'node node node'],
  ['FROM node@sha256:x\nFROM node:latest@sha256:x', ''],
  ['ARG NAME=node\nFROM $NAME:latest\nFROM reg.example/${NAME}\nFROM ${NAME}:${NAME}', ''],
  ['ARG BASE\nFROM $BASE\nFROM ${BASE:-node}\nFROM node:${BASE:-latest}', ''],
  ['ARG BASE=node\nFROM $BASE\nARG BASE\nRUN echo $BASE', ''],
  ['ARG BASE=node\nARG OTHER=$BASE\nFROM $BASE', ''],
  ['ARG TAG=latest\nFROM node:$TAG\nFROM nginx:$TAG', ''],
  ['ARG TAG=latest\nFROM node:$TAG\nARG TAG', ''],
  ['ARG TAG=«22»\nFROM node:$TAG', 'node'],
  ['ARG BASE="node:«lts-alpine»"\nFROM ${BASE}', 'node'],
  ['ARG REGISTRY=ghcr.io\nFROM ${REGISTRY}/team/app:1', ''],
  ['ARG TAG=latest\nFROM node:$TAG-slim\nFROM node:$TAG@sha256:x', ''],
  ['ARG BASE=node:la"te"st\nFROM $BASE', ''],
  ['ARG TAG=latest\nFROM scratch\nCOPY --from=team/app:$TAG x y', ''],
];

for (const [source, names] of table) {
  test(`version places: ${JSON.stringify(source)}`, () => {
    const { text } = parseMarked(source);
    const model = modelOf(text);
    const places = model.images.flatMap((use) => findVersionPlace(model, use) ?? []);
    // Several images may get their tag from one ARG.
    const spans = new Map(places.map(({ at }) => [at.start, at]));
    assert.equal(mark(text, [...spans.values()]), source);
    assert.equal(places.map(({ name }) => name).join(' '), names);
    for (const { at, prefix, reach, tag } of places) {
      assert.equal(prefix + text.slice(at.start, at.end), at.start === at.end ? ':' : tag);
      assert.ok(reach.start <= at.start && at.end <= reach.end, 'the place lies in its reference');
    }
  });
}

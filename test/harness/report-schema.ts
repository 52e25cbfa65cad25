// The published schema of reports, held against reports that were made: valid, and without a field it does not describe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync('server/docs/report.schema.json', 'utf8')) as Schema;
const validate = new Ajv({ allErrors: true }).compile(schema);

/**
 * Throws unless the schema describes all of the reports.
 * @param reports as they come out of JSON
 * @returns the fields that came up, as `finding.fix`, so that a test can tell whether all of them did
 */
export function assertDescribed(reports: unknown): Set<string> {
  assert.ok(validate(reports), JSON.stringify(validate.errors));
  const seen = new Set<string>();
  walk(reports, schema, '', seen);
  return seen;
}

/** Every field the schema describes, named as by `assertDescribed`. */
export function describedFields(): string[] {
  return Object.entries(schema.definitions ?? {}).flatMap(([name, { properties }]) =>
    fieldsOf(properties, name),
  );
}

function fieldsOf(properties: Schema['properties'], name: string): string[] {
  return Object.entries(properties ?? {}).flatMap(([key, one]) => [
    `${name}.${key}`,
    ...fieldsOf(one.items?.properties, `${name}.${key}`),
  ]);
}

function walk(value: unknown, at: Schema, name: string, seen: Set<string>): void {
  if (at.$ref !== undefined) {
    const target = at.$ref.replace('#/definitions/', '');
    walk(value, schema.definitions?.[target] ?? {}, target, seen);
  } else if (at.oneOf) {
    const other = at.oneOf.find(({ $ref }) => $ref !== undefined);
    if (value !== null && other) walk(value, other, name, seen);
  } else if (Array.isArray(value)) {
    for (const one of value) walk(one, at.items ?? {}, name, seen);
  } else if (at.properties) {
    for (const [key, inner] of Object.entries(value as object)) {
      const described = at.properties[key];
      assert.ok(described, `the schema does not describe ${name}.${key}`);
      seen.add(`${name}.${key}`);
      walk(inner, described, `${name}.${key}`, seen);
    }
  }
}

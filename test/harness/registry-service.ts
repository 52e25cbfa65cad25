// The registry service for tests: an empty home, no environment, short times, and a record of what it logged.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { RegistryService } from '../../server/src/io/registry/service';
import type { CallOptions, ServiceOptions } from '../../server/src/io/registry/service';
import { defaultLimits, defaultRegistrySettings } from '../../server/src/io/registry/settings';
import type { Environment, Limits, RegistrySettings } from '../../server/src/io/registry/settings';

export interface Setup {
  readonly settings?: Partial<RegistrySettings>;
  readonly limits?: Partial<Limits>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly options?: Partial<ServiceOptions>;
}

export type ServiceUnderTest = RegistryService & { readonly log: string[]; readonly home: string };

/** A home folder of the test's own. */
export function makeHome(t: TestContext): string {
  const home = mkdtempSync(join(tmpdir(), 'drydock-home-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

export function environment(home: string, variables: Readonly<Record<string, string>> = {}): Environment {
  return { variables: { PATH: process.env['PATH'], ...variables }, home, platform: process.platform };
}

/** Makes a service that ends with the test. @param home given when files in it were made before */
export function makeService(t: TestContext, setup: Setup = {}, home = makeHome(t)): ServiceUnderTest {
  const log: string[] = [];
  const service = new RegistryService({
    settings: { ...defaultRegistrySettings, ...setup.settings },
    environment: environment(home, setup.variables),
    enabled: () => true,
    log: (line) => log.push(line),
    limits: { ...defaultLimits, ...setup.limits },
    ...setup.options,
  });
  t.after(() => service.dispose());
  return Object.assign(service, { log, home });
}

/** An act of the user that nobody cancels. */
export function byUser(more: Partial<CallOptions> = {}): CallOptions {
  return { signal: new AbortController().signal, ...more };
}

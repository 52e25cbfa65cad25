// How a row of the tables of curated images reads, and what many rows share.
import type { ImageFacts } from './base-image';

export interface Row {
  /** What it is built on; a function where tags that name no distribution differ. */
  readonly on: ImageFacts | ((tag: string) => ImageFacts);
  /** What holds whatever the variant. */
  readonly facts?: ImageFacts;
  /** `NAME` or `NAME=value`, blank-separated. */
  readonly env?: string;
  /** Whether `env` names all of them. */
  readonly envComplete?: boolean;
  /** What differs on Alpine. */
  readonly alpine?: ImageFacts;
  /** Users added to those of the distribution: `name=uid`, blank-separated. */
  readonly users?: string;
  /** What some tags change. */
  readonly tag?: (tag: string) => ImageFacts;
}

export const noBash: ImageFacts = { hasBash: false };
export const idle: ImageFacts = { runsService: false };
export const service: ImageFacts = { runsService: true };
/** Starts as root and hands over to a user of its own with gosu, su-exec or setpriv. */
export const stepsDown: ImageFacts = { runsService: true, dropsPrivileges: true };
export const runsAsOther: ImageFacts = {
  runsService: true,
  user: undefined,
  isRoot: false,
  workdir: undefined,
};
export const unsure: ImageFacts = { user: undefined, isRoot: undefined, workdir: undefined };

/** The number a tag begins with; undefined for words. */
export function major(tag: string): number | undefined {
  const digits = /^v?(\d+)/.exec(tag)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const javaEnv = 'JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL';
export const phpEnv = `PHPIZE_DEPS PHP_INI_DIR=/usr/local/etc/php PHP_CFLAGS PHP_CPPFLAGS PHP_LDFLAGS GPG_KEYS PHP_VERSION
  PHP_URL PHP_ASC_URL PHP_SHA256 PHP_MD5 PHP_EXTRA_BUILD_DEPS PHP_EXTRA_CONFIGURE_ARGS APACHE_CONFDIR APACHE_ENVVARS`;

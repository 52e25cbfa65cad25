// The format of a row in the tables of official images, and facts that many rows share.
import type { ImageFacts } from './base-image';

export interface Row {
  /** Its base distribution; a function if tags that name no distribution differ. */
  readonly on: ImageFacts | ((tag: string) => ImageFacts);
  /** Facts about all variants. */
  readonly facts?: ImageFacts;
  /** `NAME` or `NAME=value`, blank-separated. */
  readonly env?: string;
  /** Whether `env` is complete. */
  readonly envComplete?: boolean;
  /** Different facts on Alpine. */
  readonly alpine?: ImageFacts;
  /** Users in addition to those of the distribution: `name=uid`, blank-separated. */
  readonly users?: string;
  /** Facts that depend on the tag. */
  readonly tag?: (tag: string) => ImageFacts;
}

export const noBash: ImageFacts = { hasBash: false };
export const idle: ImageFacts = { runsService: false };
export const service: ImageFacts = { runsService: true };
/** Starts as root and switches to its own user with gosu, su-exec or setpriv. */
export const stepsDown: ImageFacts = { runsService: true, dropsPrivileges: true };
export const runsAsOther: ImageFacts = {
  runsService: true,
  user: undefined,
  isRoot: false,
  workdir: undefined,
};
export const unsure: ImageFacts = { user: undefined, isRoot: undefined, workdir: undefined };

/** The number at the start of a tag; undefined if there is none. */
export function major(tag: string): number | undefined {
  const digits = /^v?(\d+)/.exec(tag)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const javaEnv = 'JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL';
export const phpEnv = `PHPIZE_DEPS PHP_INI_DIR=/usr/local/etc/php PHP_CFLAGS PHP_CPPFLAGS PHP_LDFLAGS GPG_KEYS PHP_VERSION
  PHP_URL PHP_ASC_URL PHP_SHA256 PHP_MD5 PHP_EXTRA_BUILD_DEPS PHP_EXTRA_CONFIGURE_ARGS APACHE_CONFDIR APACHE_ENVVARS`;

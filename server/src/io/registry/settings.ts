// What the user may set, and the limits that nobody may change.

/** All settings of the registry module. Only the user may change them, never a workspace. */
export interface RegistrySettings {
  /** `off`: never ask. `onDemand`: only when the user chooses something that needs an answer. */
  readonly mode: 'off' | 'onDemand';
  /**
   * Hosts (`host[:port]`) that may be asked without TLS, or with a certificate that cannot be verified. Loopback needs no
   * TLS in any case. A host listed here gets no login unless it is loopback.
   */
  readonly insecureHosts: readonly string[];
  /** Registry host → address of the registry to ask instead; a path in it is a namespace there. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Login servers that may receive the login of a registry: registry host → hosts of login servers. */
  readonly authHosts: Readonly<Record<string, readonly string[]>>;
  /** `off`: never read a stored login. `onDemand`: when a registry asks for one. */
  readonly credentials: 'off' | 'onDemand';
  readonly proxy: {
    /** `http://` or `https://`, may hold user and password. Undefined: HTTPS_PROXY and HTTP_PROXY. */
    readonly url: string | undefined;
    /** Added to NO_PROXY. */
    readonly noProxy: readonly string[];
    /** Whether the certificate of an https proxy must be valid. Registries' always must. */
    readonly strictTls: boolean;
  };
  /** Absolute paths of PEM files with further certificate authorities. */
  readonly caFiles: readonly string[];
}

export const defaultRegistrySettings: RegistrySettings = {
  mode: 'onDemand',
  insecureHosts: [],
  mirrors: {},
  authHosts: {},
  credentials: 'onDemand',
  proxy: { url: undefined, noProxy: [], strictTls: true },
  caFiles: [],
};

/** Times in milliseconds, sizes in bytes. Tests shorten the times; nobody else changes anything. */
export interface Limits {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Longest pause inside a body. Slow single bytes never exceed it, so there is a total too. */
  readonly idleMs: number;
  readonly totalMs: number;
  /** A helper may ask a person for a password. */
  readonly helperMs: number;
  readonly helperBytes: number;
  readonly credentialFileBytes: number;
  /** The distribution specification asks registries to accept manifests up to 4 MB. */
  readonly bodyBytes: {
    readonly manifest: number;
    readonly config: number;
    readonly tags: number;
    readonly token: number;
  };
  readonly headerBytes: number;
  readonly redirects: number;
  readonly tagPages: number;
  readonly tags: number;
  readonly perOrigin: number;
  readonly inAll: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: Limits = {
  connectMs: 5_000,
  headersMs: 10_000,
  idleMs: 10_000,
  totalMs: 15_000,
  helperMs: 300_000,
  helperBytes: 64 * 1024,
  credentialFileBytes: mebibyte,
  bodyBytes: { manifest: 4 * mebibyte, config: 4 * mebibyte, tags: 8 * mebibyte, token: 256 * 1024 },
  headerBytes: 32 * 1024,
  redirects: 5,
  tagPages: 20,
  tags: 50_000,
  perOrigin: 4,
  inAll: 8,
};

/** The environment of the process, as an argument, so that tests can pass another. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

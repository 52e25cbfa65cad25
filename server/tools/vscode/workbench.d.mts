import type { Page } from 'playwright-core';

/** Paths may be relative to the working directory. */
export interface WorkbenchOptions {
  /** A folder or a .code-workspace file; an empty window without it. */
  readonly workspace?: string;
  /** Files to open. */
  readonly files?: readonly string[];
  /** Folders of extensions to run as under development. */
  readonly extensions?: readonly string[];
  /** Packaged extensions (`.vsix`) to install first. */
  readonly packages?: readonly string[];
  /** Leave out the installed extensions. */
  readonly disableExtensions?: boolean;
  /** A module whose `run()` the extension host calls. */
  readonly extensionTests?: string;
  /** User settings to add. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine to add, which those of the user do not reach in a window with a remote side. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Temporary by default. */
  readonly userDataDir?: string;
  /** Temporary by default. */
  readonly extensionsDir?: string;
  /** Added to the environment of the extension host, and so of the language server and of tasks. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** 1280 × 800 by default. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Functions that the page finds on `window`. */
  readonly functions?: Readonly<Record<string, (...values: never[]) => unknown>>;
  /** Takes the log of the VS Code server. */
  readonly onServerOutput?: (text: string) => void;
}

export interface Workbench {
  readonly page: Page;
  /** Settles when the VS Code server has ended, by itself or by `close`. */
  readonly serverExited: Promise<void>;
  /** Ends the browser and the server with all their processes, and removes the temporary folders. */
  close(): Promise<void>;
}

/**
 * Opens a window of VS Code in headless Chromium. VS Code is installed if it is not; Chromium must be there.
 * It comes back when the workbench is on the page; extensions may still be starting.
 *
 * @throws Error with the log of the step that failed; everything started until then has been ended.
 */
export function openWorkbench(options: WorkbenchOptions): Promise<Workbench>;

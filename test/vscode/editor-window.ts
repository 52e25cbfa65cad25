// A window of VS Code with the packaged extension, worked by keyboard and mouse as a person would.
import { mkdirSync, readFileSync, realpathSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type * as chromium from '../../server/tools/vscode/chromium.mjs';
import type * as workbench from '../../server/tools/vscode/workbench.mjs';
import { parseMarked } from '../harness/marked';
import { requireTool } from '../harness/tools';

/** Longer than anything takes on a busy machine. */
const patience = 30_000;
const viewport = { width: 960, height: 640 };
/** Below what a picture shows, in pixels. */
const margin = 16;
const pictures = process.env['DRYDOCK_PICTURES'];

/** @returns false where there is no Chromium: then the test is skipped, or fails where CI is set */
export async function requireChromium(t: TestContext): Promise<boolean> {
  const { findChromium } = await fromTools<typeof chromium>('chromium.mjs');
  return findChromium() !== undefined || requireTool(t, 'chromium') !== undefined;
}

/** Not bundled with the tests: these modules find their neighbours by their own place. */
export async function fromTools<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(resolve('server/tools/vscode', name)).href)) as T;
}

export interface WindowOptions {
  /** Files of the folder by relative path, there before the window opens. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Those with the scope of the machine, which those of the user do not reach. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the extension, and so of builds. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface PictureArea {
  readonly downTo?: Locator;
  readonly fromTop?: boolean;
}

export class EditorWindow {
  readonly page: Page;
  /** The folder that is open in the window. */
  readonly folder: string;
  /** Ends VS Code and the browser, and removes the folder. */
  readonly close: () => Promise<void>;

  private constructor(page: Page, folder: string, close: () => Promise<void>) {
    this.page = page;
    this.folder = folder;
    this.close = close;
  }

  static async open({
    files = {},
    settings = {},
    machineSettings = {},
    env = {},
  }: WindowOptions = {}): Promise<EditorWindow> {
    const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'drydock-window-'))), 'project');
    mkdirSync(folder);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const removeFolder = (): void => rmSync(dirname(folder), { recursive: true, force: true, maxRetries: 5 });
    try {
      const { openWorkbench } = await fromTools<typeof workbench>('workbench.mjs');
      const { page, close } = await openWorkbench({
        workspace: folder,
        packages: ['drydock.vsix'],
        settings: { ...appearance, ...settings },
        machineSettings,
        env,
        viewport,
      });
      page.setDefaultTimeout(patience);
      const closeAll = async (): Promise<void> => {
        await close();
        removeFolder();
      };
      const window = new EditorWindow(page, folder, closeAll);
      await window.command('View: Toggle Primary Side Bar Visibility');
      return window;
    } catch (error) {
      removeFolder();
      throw error;
    }
  }

  /** Runs a part of a test; when it fails, what the window showed is kept in out/test/vscode. */
  async check(t: TestContext, name: string, part: (t: TestContext) => Promise<void>): Promise<void> {
    await t.test(name, async (t) => {
      try {
        await part(t);
      } catch (error) {
        const path = join('out/test/vscode', `${name.replace(/\W+/g, '-')}.png`);
        await this.page.screenshot({ path });
        console.log(`What the window showed: ${path}`);
        throw error;
      }
    });
  }

  /** Writes a file with marked text into the folder and opens it alone, with the cursor at `‸`. */
  async edit(name: string, marked: string): Promise<void> {
    const { text, cursors } = parseMarked(marked);
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
    await this.command('View: Close All Editors');
    await this.page.locator('.editor-group-container.empty').waitFor();
    const before = text.slice(0, cursors[0] ?? 0).split('\n');
    const place = `${before.length}:${(before.at(-1) ?? '').length + 1}`;
    await this.#choose(`${name}:${place}`, this.row(basename(name)).and(this.row(dirname(name))));
    await this.page.locator('.tab.active', { hasText: basename(name) }).waitFor();
    await this.page.locator('.monaco-editor.focused .cursor').first().waitFor();
  }

  /** Saves the active file and reads it from the disk. */
  async save(name: string): Promise<string> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Runs a command from the palette, by its title. */
  async command(title: string): Promise<void> {
    await this.#choose(`>${title}`, this.row(title).first());
  }

  /**
   * Opens the quick input, types, and takes a row. By the mouse: a key may end in a page that the editor shows. A page
   * that opens at this moment takes the focus, and the input closes: then it is opened again.
   */
  async #choose(text: string, row: Locator): Promise<void> {
    for (let left = 3; left > 0; left -= 1) {
      try {
        await this.#openAndType(text, 5000);
        await row.click({ timeout: 5000 });
        return;
      } catch {
        await this.page.keyboard.press('Escape');
      }
    }
    await this.#openAndType(text, 30_000);
    await row.click();
  }

  async #openAndType(text: string, ms: number): Promise<void> {
    await this.page.locator('.command-center-quick-pick').click({ timeout: ms });
    await this.page.locator('.quick-input-widget:visible input').fill(text, { timeout: ms });
  }

  /** Types into the quick input. */
  async type(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible input').fill(text);
  }

  /** The entries of the quick input that hold the text. */
  row(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  }

  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`);
  }

  /** Moves the mouse to the cursor and waits for the hover. */
  async hover(): Promise<Locator> {
    const place = await this.page.locator('.monaco-editor.focused .cursor').first().boundingBox();
    if (!place) throw new Error('The editor shows no cursor.');
    await this.page.mouse.move(place.x + 4, place.y + place.height / 2, { steps: 4 });
    const hover = this.page.locator('.monaco-hover:visible', { hasText: 'drydock' });
    await hover.waitFor();
    return hover;
  }

  /**
   * Clicks the light bulb of the editor, not one of the Problems view; what it offers stays open. VS Code 1.139 shows none in the margin of a line when the
   * file before had one in the margin of the same line: there its key opens the same menu. It also takes either
   * for nothing while it asks anew what there is to fix, so they are tried in turn.
   */
  async openLightBulb(): Promise<Locator> {
    const bulb = this.page
      .locator('.monaco-editor')
      .locator('[class*="lightbulb"]:visible, [class*="light-bulb"]:visible')
      .first();
    const menu = this.page.locator('.action-widget:visible');
    const byMouse = (): Promise<void> => bulb.click({ timeout: 4000 });
    const byKey = (): Promise<void> => this.page.keyboard.press('Control+.');
    for (const open of [byMouse, byKey, byMouse, byKey]) {
      await open().catch(() => undefined);
      await menu.waitFor({ timeout: 5000 }).catch(() => undefined);
      if (await menu.isVisible()) return menu;
    }
    throw new Error('Neither the light bulb nor its key opens a menu.');
  }

  /**
   * Chooses what the light bulb offers under this title, and waits until the text has changed.
   *
   * @returns the title
   */
  async fix(title: string | RegExp, { picture }: { readonly picture?: string } = {}): Promise<string> {
    let menu = await this.openLightBulb();
    const action = menu.locator('.monaco-list-row.action', { hasText: title }).first();
    // An open menu does not follow what the server says later, as it does on a busy machine.
    for (let left = 3; left > 0; left -= 1) {
      await action.waitFor({ timeout: 4000 }).catch(() => undefined);
      if (await action.isVisible()) break;
      await this.page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
      menu = await this.openLightBulb();
    }
    const shown = (await action.innerText()).trim();
    if (picture !== undefined) {
      await action.hover();
      await this.picture(picture, { downTo: menu });
    }
    await action.click();
    await this.page.locator('.tab.active.dirty').waitFor();
    return shown;
  }

  /** A notification that holds the text. */
  notification(text: string): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /**
   * Takes a picture for the documentation when `DRYDOCK_PICTURES` names a folder: of the whole window, or of
   * the editor from its top, or the top of the window, down to the end of something.
   */
  async picture(name: string, { downTo, fromTop = false }: PictureArea = {}): Promise<void> {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    const editor = await this.page.locator('.part.editor').boundingBox();
    const end = await downTo?.boundingBox();
    const { x, y } = end && editor && !fromTop ? editor : { x: 0, y: 0 };
    const bottom = end ? Math.min(end.y + end.height + margin, viewport.height) : viewport.height;
    const clip = { x, y, width: viewport.width - x, height: bottom - y };
    const path = join(pictures, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled', caret: 'initial', clip });
  }
}

/** Nothing in the pictures but what they are about. */
const appearance = {
  'workbench.colorTheme': 'Default Light Modern',
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'git.enabled': false,
  'explorer.openEditors.visible': 0,
};

// Why rules exist, from their pages; each page is read once, when somebody first points at a finding.
import { reasonIn } from '../core/ide/rule-reason';
import { readRulePage } from '../io/files/rule-pages';

export class RuleReasons {
  readonly #found = new Map<string, Promise<string | undefined>>();

  /** About two lines, with code between backquotes; undefined if the page is not there. */
  of(id: string): Promise<string | undefined> {
    let reason = this.#found.get(id);
    if (!reason) {
      reason = readRulePage(id).then((page) => (page === undefined ? undefined : reasonIn(page)));
      this.#found.set(id, reason);
    }
    return reason;
  }
}

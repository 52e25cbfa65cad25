import { defineRule, sharedOptions } from '../core/lint/rule';
import { givesOption } from '../core/analysis/packages/package-commands';
import type { Install } from '../core/model/installs';
import { quietInDevcontainer } from '../core/analysis/context/context-sources';
import { unpinned } from '../core/families/unpinned';
import { hasFlag, hasWord, textOf } from '../core/families/hadolint-commands';
import { withoutVersion } from '../core/families/hadolint-packages';
import { ownTools } from '../core/knowledge/packages/own-tools';

/**
 * Without a version, each build installs what the server has on that day, so two builds of one file differ. A new release
 * may also need a newer Ruby than the image has, and then the build fails.
 *
 * ```dockerfile bad
 * FROM ruby:3.4-slim
 * RUN gem install --no-document «rails» rake:13.2.1 && gem i «nokogiri» -- --use-system-libraries
 * ```
 * > rails has no version, so each build installs the newest one
 * > nokogiri has no version, so each build installs the newest one
 * ```dockerfile good
 * FROM ruby:3.4-slim
 * RUN gem install bundler && gem install rails -v 8.0.0 && gem install --version=1.0 x
 * RUN gem install ./pkg/app.gem && gem install -g Gemfile && gem update --system 3.5.0 && gem install $GEMS
 * RUN gem build app.gemspec && gem install app
 * ```
 * In the profile `strict`, bundler needs one too, though it switches to the version in Gemfile.lock:
 * ```dockerfile bad options="profile: strict"
 * FROM ruby:3.4-slim
 * RUN gem install «bundler»
 * ```
 * > bundler has no version, so each build installs the newest one
 */
export default defineRule({
  id: 'gem-pin-versions',
  summary: 'gem installs a package without a version',
  category: 'package',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3028', 'kics:gem_install_without_version'],
  mentions: ['gem'],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    yield* unpinned(
      model,
      (use) => use.manager.name === 'gem' && !givesOption(use, '-v', '--version') && !buildsGem(use),
      profile === 'recommended' ? ownTools.get('gem') : undefined,
      quietInDevcontainer(facts),
    );
  },

  *hadolint({ model }) {
    yield* withoutVersion(model, {
      program: 'gem',
      verbs: ['install', 'i'],
      isPinned: (text) => text.includes(':'),
      wordsOf(seen) {
        if (!hasWord(seen, 'install', 'i') || hasFlag(seen, '--version') || hasWord(seen, '-v')) return [];
        const end = seen.args.findIndex((word) => textOf(word) === '--');
        const words = [];
        // It takes every flag for one with a value.
        let isValue = false;
        for (const word of end < 0 ? seen.args : seen.args.slice(0, end)) {
          const isFlag: boolean = !isValue && textOf(word).startsWith('-');
          if (!isValue && !isFlag && !/^i(?:nstall)?$/.test(textOf(word))) words.push(word);
          isValue = isFlag;
        }
        return words;
      },
    });
  },
});

/** Whether the step builds a gem of its own, which `gem install` then takes from the folder. */
function buildsGem({ command }: Install): boolean {
  return command.script?.text.includes('gem build') === true;
}

// What a cycle does with files: a scratch folder, a look into an archive of an image, and the file of a list of contents.
import type { CycleFiles } from '../../workflow/cycle/steps';
import { inWords } from '../files/file-errors';
import { withScratchFolder } from '../files/on-disk';
import { writeWhole } from '../files/rewrite';
import { readImages } from './read-images';

export const cycleFiles: CycleFiles = {
  withScratch: withScratchFolder,
  // Baselines hold compressed sizes, which an archive does not tell.
  readImages: (archive, signal) => readImages(archive, { measure: true, ...(signal ? { signal } : {}) }),
  write(path, text) {
    try {
      writeWhole(path, text);
      return undefined;
    } catch (error) {
      return inWords(error);
    }
  },
};

// Import this before everything else, so that it also applies to loading the rest.
import { optimizeLater, setKnownFlags } from '../io/processes/v8-flags';

setKnownFlags([optimizeLater]);

/** The codemod's own process, started by `ChildCodemod`. */
import { serveCodemod } from './isolate/serveCodemod';

serveCodemod();

import { ConfigRewriter } from './config/ConfigRewriter';
import { NotebookRewriter } from './notebooks/NotebookRewriter';
import { PythonRewriter } from './python/PythonRewriter';
import { FileRewriter } from './rewrite/FileRewriter';
import { SqlRewriter } from './rewrite/SqlRewriter';
import { ScalaRewriter } from './scala/ScalaRewriter';

/** One per language, asked in this order; what none accepts is only scanned for mentions. */
export const FILE_REWRITERS: readonly FileRewriter[] = [
  new SqlRewriter(),
  new PythonRewriter(),
  new NotebookRewriter(),
  new ScalaRewriter(),
  new ConfigRewriter(),
];

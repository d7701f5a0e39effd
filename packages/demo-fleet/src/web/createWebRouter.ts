import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { ForgeContext } from '../server/ForgeContext';

export function createWebRouter(_context: ForgeContext): Router {
  return PromiseRouter();
}

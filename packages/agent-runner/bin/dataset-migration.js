#!/usr/bin/env node
const { existsSync } = require('fs');
const { resolve } = require('path');

// A package as published has no sources; a checkout runs from them.
if (existsSync(resolve(__dirname, '../src'))) {
  require('@backstage/cli/config/nodeTransform.cjs');
  require('../src').runCommandLine(process.argv.slice(2));
} else {
  require('..').runCommandLine(process.argv.slice(2));
}

// Runs the suite's tests, or those that are named, through one cache, and writes what came of each as JSON:
// {"id": {"suite": ..., "name": ..., "kind": "required" | "optimal" | "check", "result": ..., "says": ...}}
// node ask.mjs SUITE BASE-URL OUT [ID ...]

import fs from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [, , suite, base, out, ...ids] = process.argv
const part = name => import(pathToFileURL(`${suite}/${name}`))

process.chdir(suite)
const { runTests, getResults } = await part('client/runner.mjs')
const { determineTestResult } = await part('lib/display.mjs')
const { default: suites } = await part('tests/index.mjs')
const fetch = createRequire(`${suite}/package.json`)('node-fetch')

const chosen = suites.map(each => ({
  ...each,
  tests: each.tests.filter(test => !test.browser_only && (!ids.length || ids.includes(test.id)))
}))
await runTests(chosen, fetch, false, base)

const SYMBOLS = {
  '✅': 'pass', '⛔️': 'fail', '⚠️': 'fail', Y: 'pass', N: 'fail',
  '⚪️': 'depends', '🔹': 'setup', '↻': 'setup', '⁉️': 'harness', '-': 'untested'
}
const results = getResults()
const told = {}
for (const each of chosen) {
  for (const test of each.tests) {
    const symbol = determineTestResult(suites, test.id, results, !ids.length)[2]
    told[test.id] = {
      suite: each.name,
      name: test.name,
      kind: test.kind || 'required',
      result: SYMBOLS[symbol],
      says: Array.isArray(results[test.id]) ? String(results[test.id][1]) : ''
    }
  }
}
fs.writeFileSync(out, JSON.stringify(told, null, 1))

process.exit() // not before idle connections end by themselves: that may take minutes

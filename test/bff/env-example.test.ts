import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { settingNames } from '#bff/env'

test('.env.example names every setting of the BFF once, and no other', () => {
  const example = readFileSync(resolve('.env.example'), 'utf8')
  const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual([...settingNames].sort())
})

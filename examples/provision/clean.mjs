// Remove the users of the profile on standard input.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const text = readFileSync(0, 'utf8')
const { owner, stranger } = text ? JSON.parse(text) : {} // nothing, where seeding failed
for (const user of [owner, stranger]) {
  if (user) rmSync(join(process.env.USERS, `${user.user_id}.json`), { force: true })
}

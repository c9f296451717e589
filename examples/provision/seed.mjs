// Make two users for this run and print them as a profile. Here a user is a file in $USERS.
import { randomBytes, randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const run = randomInt(10 ** 9)

// A user with two chats, the second of them empty.
function makeUser(role, chat) {
  const made = {
    user_id: `run-${run}-${role}`,
    session: randomBytes(24).toString('hex'),
    chat_with_files: {
      id: chat,
      files: [{ id: chat, name: `${role}.txt`, size: 12, type: 'text/plain' }],
    },
    empty_chat: { id: chat + 1 },
  }
  writeFileSync(join(process.env.USERS, `${made.user_id}.json`), JSON.stringify(made))
  return made
}

const owner = makeUser('owner', run * 4 + 1)
const stranger = makeUser('stranger', run * 4 + 3)
console.log(JSON.stringify({ owner, stranger, expired_session: `old-${owner.session}` }))

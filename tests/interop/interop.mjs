// SPDX-License-Identifier: Apache-2.0
// interop.mjs SIMDC FOLDER: an unmodified mtcute logs in three ways and reads a channel to its first message. The
// simulator must find no violation, and of mtcute's habits exactly the known one.
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'

import { MemoryStorage, TelegramClient } from '@mtcute/node'
import { addPublicKey } from '@mtcute/core/utils.js'
import { NodeCryptoProvider } from '@mtcute/node/utils.js'

import { Simulator } from './simulator.mjs'

const [program, folder] = process.argv.slice(2)
const MESSAGES = 1200
const HOME_DC = 2
const CHUNK = 100
const DEADLINE_MS = 240_000
// mtcute gives every msgs_ack an odd sequence number; see the protocol's rules on content-related messages.
const KNOWN_DEVIATIONS = ['odd_ack']

function client(simulator, apiId) {
  const dc = { id: HOME_DC, ipAddress: '127.0.0.1', port: simulator.port(HOME_DC) }
  return new TelegramClient({
    apiId,
    apiHash: '0123456789abcdef0123456789abcdef',
    storage: new MemoryStorage(),
    defaultDcs: { main: dc, media: { ...dc, mediaOnly: true } },
    disableUpdates: true,
    logLevel: 1,
  })
}

/** Entities count UTF-16 units: each must lie within its text and cut no character in two. */
function checkEntities(message) {
  for (const entity of message.raw.entities ?? []) {
    const end = entity.offset + entity.length
    assert(entity.length > 0 && end <= message.text.length, `${message.id}: an entity reaches out of its text`)
    for (const edge of [entity.offset, end]) {
      const unit = message.text.charCodeAt(edge)
      assert(!(unit >= 0xDC00 && unit <= 0xDFFF), `${message.id}: an entity cuts a character at ${edge}`)
    }
  }
}

const seconds = (date) => (date ? Math.floor(date.getTime() / 1000) : null)

/** Reads a channel to its first message: message id -> what the client understood. */
async function readChannel(tg, name) {
  const messages = new Map()
  for await (const message of tg.iterHistory(name, { limit: Infinity, chunkSize: CHUNK })) {
    assert(!messages.has(message.id), `${message.id} came twice`)
    checkEntities(message)
    messages.set(message.id, message)
  }
  return messages
}

/** The kind the ledger should name; undefined for documents, whose kinds hang on their attributes. */
function mediaKind(media) {
  const kinds = { messageMediaPhoto: 'photo', messageMediaPoll: 'poll', messageMediaWebPage: 'web_page' }
  return media && media._ !== 'messageMediaEmpty' ? kinds[media._] : null
}

function compare(messages, served, size) {
  assert.equal(messages.size, size, 'the channel was not read to its first message')
  for (const [id, message] of messages) {
    const line = served.get(id)
    assert(line, `${id} is not in the ledger`)
    assert.deepEqual(
      {
        text: message.text,
        date: seconds(message.date),
        edit_date: message.raw.editDate ?? null,
        kind: message.isService ? 'service' : 'message',
        views: message.views,
        forwards: message.forwards,
        grouped_id: message.groupedId?.toString() ?? null,
        media_kind: mediaKind(message.raw.media) ?? (message.raw.media ? line.media_kind : null),
      },
      {
        text: line.text,
        date: line.date,
        edit_date: line.edit_date,
        kind: line.kind,
        views: line.views,
        forwards: line.forwards,
        grouped_id: line.grouped_id,
        media_kind: line.media_kind,
      },
      `${id} was understood otherwise than the ledger says`)
  }
}

async function withClient(simulator, apiId, login, use) {
  const tg = client(simulator, apiId)
  try {
    const me = await tg.start(login)
    return await use(tg, me)
  } finally {
    await tg.destroy()
  }
}

const provider = new NodeCryptoProvider()
await provider.initialize()
const simulator = await Simulator.start(program, mkdtempSync(join(folder, 'run-')), [1, 2, 4],
  ['--seed', '20', '--channels', '2', '--messages', String(MESSAGES)])
addPublicKey(provider, simulator.key())
// A client that waits for ever must not leave the simulator running when the test's own time is up.
setTimeout(() => {
  console.error(`not done after ${DEADLINE_MS} ms`)
  simulator.process.kill('SIGKILL')
  process.exit(1)
}, DEADLINE_MS).unref()

let read
let channelId
const code = '12345'
const quiet = { codeSentCallback: () => {} }
try {
  await withClient(simulator, 1001, { phone: '+79990010001', code, ...quiet }, async (tg, me) => {
    assert.equal(me.isBot, false)
    channelId = (await tg.resolveChannel('simch1')).channelId
    read = await readChannel(tg, 'simch1')
    await tg.logOut()
  })
  await withClient(simulator, 1002, { phone: '+79990020000', code, password: 'rehearsal', ...quiet }, async (tg, me) => {
    assert.equal(me.isBot, false)
    assert((await tg.getHistory('simch2', { limit: 10 })).length > 0)
  })
  await withClient(simulator, 1003, { botToken: '110201543:interop' }, async (tg, me) => {
    assert.equal(me.isBot, true)
  })
} catch (error) {
  simulator.process.kill('SIGTERM')
  await simulator.ended
  console.error(simulator.lines.at(-1))
  throw error
}

const report = await simulator.stop()
const chat = -(1_000_000_000_000 + channelId)
compare(read, simulator.ledger().get(chat), simulator.sizes().get(chat))

assert.equal(report.violations, 0, JSON.stringify(report.clients, null, 1))
const deviations = new Set(report.clients.flatMap((seen) => Object.keys(seen.deviations)))
assert.deepEqual([...deviations].sort(), KNOWN_DEVIATIONS, 'other habits than the known ones')
console.log(`mtcute read ${read.size} messages; 0 violations, ${report.deviations} times ${KNOWN_DEVIATIONS.join(', ')}`)

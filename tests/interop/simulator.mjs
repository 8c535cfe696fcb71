// SPDX-License-Identifier: Apache-2.0
// Starts mtpool-simdc on free loopback ports and reads what it says when it stops.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const START_MS = 60_000
const STOP_MS = 60_000

export class Simulator {
  /** dcs: ids of data centres; options: further arguments of mtpool-simdc. Its files go into folder. */
  static async start(program, folder, dcs, options) {
    const self = new Simulator()
    self.keyFile = join(folder, 'server.pem')
    self.ledgerFile = join(folder, 'ledger.ndjson')
    self.process = spawn(program,
      ['--listen', dcs.map((dc) => `${dc}=127.0.0.1:0`).join(','), '--key-out', self.keyFile,
        '--ledger', self.ledgerFile, ...options],
      { stdio: ['ignore', 'pipe', 'inherit'] })
    self.lines = []
    self.output = createInterface({ input: self.process.stdout })
    self.output.on('line', (line) => self.lines.push(line))
    self.ended = once(self.process, 'close')
    // Its first line says where it listens.
    try {
      await Promise.race([
        once(self.output, 'line', { signal: AbortSignal.timeout(START_MS) }),
        self.ended.then(([code]) => { throw new Error(`mtpool-simdc ended at once with ${code}`) }),
      ])
    } catch (error) {
      self.process.kill('SIGKILL')
      throw error
    }
    self.listening = JSON.parse(self.lines[0]).listening
    return self
  }

  port(dc) {
    return Number(this.listening[dc].split(':').at(-1))
  }

  key() {
    return readFileSync(this.keyFile, 'utf8')
  }

  /** Asks it to stop; its report of violations and deviations. */
  async stop() {
    this.process.kill('SIGTERM')
    const late = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS)
    const [code] = await this.ended
    clearTimeout(late)
    if (code !== 0) throw new Error(`mtpool-simdc ended with ${code}, not 0`)
    return JSON.parse(this.lines.at(-1))
  }

  /** What was served: chat id -> message id -> the ledger's line. */
  ledger() {
    const served = new Map()
    for (const text of readFileSync(this.ledgerFile, 'utf8').split('\n')) {
      if (!text) continue
      // Ids of albums exceed what a JavaScript number holds exactly.
      const line = JSON.parse(text.replace(/"grouped_id":(\d+)/, '"grouped_id":"$1"'))
      if (line.t !== 'message') continue
      if (!served.has(line.chat_id)) served.set(line.chat_id, new Map())
      served.get(line.chat_id).set(line.message_id, line)
    }
    return served
  }

  /** chat id -> how many messages the channel holds. */
  sizes() {
    const lines = readFileSync(this.ledgerFile, 'utf8').split('\n').filter(Boolean).map((text) => JSON.parse(text))
    return new Map(lines.filter((line) => line.t === 'world').map((line) => [line.chat_id, line.ids]))
  }
}

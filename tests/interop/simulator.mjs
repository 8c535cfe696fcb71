// SPDX-License-Identifier: Apache-2.0
// Starts mtpool-simdc on free loopback ports and reads what it says when it stops.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'

const START_MS = 60_000
const STOP_MS = 60_000
const POLL_MS = 50

/** Ports that were free a moment ago, all different. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}

function accepts(port) {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => { socket.destroy(); answer(true) })
    socket.once('error', () => answer(false))
  })
}

export class Simulator {
  /** dcs: ids of data centres; options: further arguments of mtpool-simdc. Files go into folder. */
  static async start(program, folder, dcs, options) {
    const self = new Simulator()
    const ports = await freePorts(dcs.length)
    self.ports = new Map(dcs.map((dc, index) => [dc, ports[index]]))
    self.keyFile = join(folder, 'server.pem')
    self.ledgerFile = join(folder, 'ledger.ndjson')
    const listen = dcs.map((dc) => `${dc}=127.0.0.1:${self.ports.get(dc)}`).join(',')
    self.process = spawn(program, ['--listen', listen, '--key-out', self.keyFile, '--ledger', self.ledgerFile, ...options],
      { stdio: ['ignore', 'pipe', 'inherit'] })
    self.out = ''
    self.process.stdout.setEncoding('utf8').on('data', (text) => { self.out += text })
    self.ended = once(self.process, 'close')
    const deadline = Date.now() + START_MS
    for (;;) {
      if (self.process.exitCode !== null) throw new Error(`mtpool-simdc ended at once with ${self.process.exitCode}`)
      if (existsSync(self.keyFile) && (await Promise.all(ports.map(accepts))).every(Boolean)) return self
      if (Date.now() > deadline) throw new Error(`mtpool-simdc does not listen after ${START_MS} ms`)
      await new Promise((go) => setTimeout(go, POLL_MS))
    }
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
    const lines = this.out.trim().split('\n')
    return JSON.parse(lines[lines.length - 1])
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

// The suite's own server, on loopback alone: by itself it would listen on every address.
// node origin.mjs SUITE PORT, where SUITE is the folder of the package. It says one line when it listens.

import net from 'node:net'
import { pathToFileURL } from 'node:url'

const [, , suite, port] = process.argv
const listen = net.Server.prototype.listen

net.Server.prototype.listen = function (number) {
  return listen.call(this, { port: number, host: '127.0.0.1' })
}

process.chdir(suite)
Object.assign(process.env, {
  npm_config_protocol: 'http',
  npm_config_port: port,
  npm_config_pidfile: '/dev/null'
})
await import(pathToFileURL(`${suite}/server/server.mjs`))

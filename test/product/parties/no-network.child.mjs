// Loaded before a program that must do without a network, where the kernel makes no namespace for us: every way out ends the process.
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import process from 'node:process';

function refuse() {
  process.stderr.write('It tried to reach a network.\n');
  process.exit(86);
}

net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.createSocket = refuse;
dns.lookup = refuse;

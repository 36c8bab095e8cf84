import { IncomingMessage } from 'node:http';

/**
 * A request as Node reads it, but of those that offer another protocol only a WebSocket's counts as an upgrade. Where anything
 * listens for upgrades, Node hands it every one of them, and none comes back to be answered; Java's client offers HTTP/2 with
 * all that it asks for over plain HTTP.
 */
export class AskedRequest extends IncomingMessage {
  declare offersUpgrade: boolean;

  get upgrade(): boolean {
    return this.offersUpgrade && (this.method === 'CONNECT' || this.headers.upgrade?.toLowerCase() === 'websocket');
  }

  /** Node's, before the headers are read and after; its own constructor's, too, so that there are no fields yet. */
  set upgrade(offers: boolean) {
    this.offersUpgrade = offers;
  }
}

import type { Api } from './api.js';

const RECONNECT_MS = 3000;

/** What the device tells by itself, for as long as somebody listens. */
export class DeviceEvents<Message> {
  readonly #api: Api;
  readonly #onMessage: (message: Message) => void;
  readonly #onOpen: () => void;
  #socket: WebSocket | undefined;
  #timer: number | undefined;

  /** @param onOpen told each time that the device is heard again, as it may have told something meanwhile */
  constructor(api: Api, onMessage: (message: Message) => void, onOpen: () => void = () => {}) {
    this.#api = api;
    this.#onMessage = onMessage;
    this.#onOpen = onOpen;
  }

  start(): void {
    const socket = new WebSocket(this.#api.socketUrl('events'));
    this.#socket = socket;
    socket.onopen = () => this.#onOpen();
    socket.onmessage = ({ data }: MessageEvent<string>) => this.#onMessage(JSON.parse(data));
    socket.onclose = () => {
      if (socket === this.#socket) this.#timer = window.setTimeout(() => this.start(), RECONNECT_MS);
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}

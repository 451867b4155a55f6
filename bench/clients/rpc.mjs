// A client of JSON-RPC with little of its own: one connection for each that is used at a time.
import http from "node:http";

export class Client {
  constructor(url, connections = 1) {
    this.url = new URL(url);
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections, noDelay: true });
    this.id = 0;
  }

  post(body) {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          host: this.url.hostname,
          port: this.url.port,
          method: "POST",
          agent: this.agent,
          headers: {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          },
        },
        (response) => {
          const parts = [];
          response.on("data", (part) => parts.push(part));
          response.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString())));
          response.on("error", reject);
        },
      );
      request.on("error", reject);
      request.end(body);
    });
  }

  async call(method, ...params) {
    const answer = await this.post(
      JSON.stringify({ jsonrpc: "2.0", id: ++this.id, method, params }));
    if (answer.error) {
      throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    }

    return answer.result;
  }

  // Many calls of one method in one request.
  async batch(method, paramsOfEach) {
    const answers = await this.post(JSON.stringify(paramsOfEach.map((params) => (
      { jsonrpc: "2.0", id: ++this.id, method, params }))));
    for (const { error } of answers) {
      if (error) {
        throw new Error(`${method}: ${JSON.stringify(error)}`);
      }
    }
  }

  close() {
    this.agent.destroy();
  }
}

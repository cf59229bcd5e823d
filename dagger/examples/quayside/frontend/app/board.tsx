"use client";

import { useEffect, useState } from "react";

type Berth = {
  berth: string;
  length: number;
  state: "free" | "due" | "alongside" | "leaving";
  ship: string | null;
  arrives: string | null;
  departs: string | null;
};

type BoardData = { at: string; berths: Berth[] };

const REFRESH_MS = 30_000;

/** "2026-06-01T08:15:00Z" as "08:15": the API's times are the harbour's own, so none is converted. */
const clock = (time: string | null) => time?.slice(11, 16) ?? "–";

export function Board() {
  const [board, setBoard] = useState<BoardData>();
  const [problem, setProblem] = useState("");

  useEffect(() => {
    const refresh = async () => {
      try {
        const response = await fetch("/api/berths");
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        setBoard(await response.json());
        setProblem("");
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <section aria-live="polite">
      {board && <Table rows={board.berths} />}
      <p className="status">
        {problem
          ? `The board can't be read: ${problem}.`
          : board
            ? `As of ${clock(board.at)}.`
            : "Reading the board…"}
      </p>
    </section>
  );
}

function Table({ rows }: { rows: Berth[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Berth</th>
          <th scope="col">Ship</th>
          <th scope="col">State</th>
          <th scope="col">Arrives</th>
          <th scope="col">Departs</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.berth}>
            <th scope="row">
              {row.berth} <small>{row.length} m</small>
            </th>
            <td>{row.ship ?? "–"}</td>
            <td>
              <span className={`state ${row.state}`}>{row.state}</span>
            </td>
            <td>{clock(row.arrives)}</td>
            <td>{clock(row.departs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Board } from "./board";

export default function Page() {
  return (
    <main>
      <header>
        <h1>Quayside</h1>
        <p>Which ship lies at which berth, and when it leaves. All times are UTC.</p>
      </header>
      <Board />
    </main>
  );
}

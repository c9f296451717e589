export default function Page() {
  return <h1>Neptun</h1>;
}

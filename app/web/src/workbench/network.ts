// A result drawn as a graph; loaded only when somebody wants it.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { colour } from "../graph/looks";
import { pageOf } from "../shared/page";

cytoscape.use(fcose);
cytoscape.warnings(false);

/** Draw things and the lines between them; a click on a thing opens its page. */
export function drawNetwork(place: HTMLElement, edges: { from: string; to: string; label: string }[], label: (iri: string) => string): void {
  const ids = [...new Set(edges.flatMap((edge) => [edge.from, edge.to]))];
  const font = getComputedStyle(document.body).fontFamily;
  requestAnimationFrame(() => {
    const cy = cytoscape({
      container: place,
      elements: [
        ...ids.map((id) => ({ data: { id, label: label(id) } })),
        ...edges.map((edge, number) => ({ data: { id: `e${number}`, source: edge.from, target: edge.to, label: edge.label } })),
      ],
      style: [
        { selector: "node", style: { label: "data(label)", color: colour("ink"), "font-size": 11, "font-family": font, width: 18, height: 18, "background-color": colour("accent"), "text-wrap": "wrap", "text-max-width": "120px", "text-valign": "bottom", "text-margin-y": 3 } },
        { selector: "edge", style: { label: "data(label)", color: colour("soft"), "font-size": 9, "font-family": font, width: 1.5, "curve-style": "bezier", "line-color": colour("strong"), "target-arrow-color": colour("strong"), "target-arrow-shape": "triangle", "text-rotation": "autorotate", "min-zoomed-font-size": 7 } },
      ],
      layout: { name: "fcose", animate: false, nodeDimensionsIncludeLabels: true } as never,
    });
    cy.on("tap", "node", (event) => { const where = pageOf(event.target.id()); if (where) location.assign(where); });
  });
}

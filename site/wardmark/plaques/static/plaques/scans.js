/* Draws each table of the screen "Scans" above it. Without this script the tables are there, open for reading. */
(() => {
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const locale = document.documentElement.lang || undefined;
    const number = new Intl.NumberFormat(locale);
    const charts = [];

    function colours() {
        return {
            line: colour("--w-color-text-link-default"),
            text: colour("--w-color-text-context"),
            grid: colour("--w-color-border-furniture"),
        };
    }

    function options(kind, paint, title) {
        const sideways = kind === "languages";
        const values = {
            beginAtZero: true,
            ticks: { color: paint.text, precision: 0, maxRotation: 0, autoSkipPadding: 12, callback: (value) => number.format(value) },
            grid: { color: paint.grid },
        };
        const labels = { ticks: { color: paint.text, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false } };
        return {
            indexAxis: sideways ? "y" : "x",
            animation: false,
            maintainAspectRatio: false,
            locale,
            interaction: { mode: "index", axis: sideways ? "y" : "x", intersect: false },
            plugins: { legend: { display: false }, title: { display: false, text: title } },
            scales: sideways ? { x: values, y: labels } : { x: labels, y: values },
        };
    }

    function draw(figure) {
        const drawing = figure.querySelector(".scans-chart__drawing");
        const rows = [...figure.querySelectorAll("tbody tr")];
        if (!drawing || !rows.length) {
            return;
        }
        const title = figure.querySelector("figcaption").textContent.trim();
        const unit = figure.querySelector("thead th:last-child").textContent.trim();
        const canvas = document.createElement("canvas");
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", title);
        drawing.replaceChildren(canvas);
        drawing.hidden = false;
        const paint = colours();
        const kind = figure.dataset.chart;
        charts.push({
            kind,
            chart: new window.Chart(canvas, {
                type: kind === "days" ? "line" : "bar",
                data: {
                    labels: rows.map((row) => row.querySelector("th").textContent.trim()),
                    datasets: [
                        {
                            label: unit,
                            data: rows.map((row) => Number(row.querySelector("td").dataset.scans)),
                            borderColor: paint.line,
                            backgroundColor: paint.line,
                            borderWidth: kind === "days" ? 2 : 0,
                            pointRadius: rows.length > 60 ? 0 : 2,
                            pointHitRadius: 8,
                            maxBarThickness: 28,
                        },
                    ],
                },
                options: options(kind, paint, title),
            }),
        });
    }

    /* The admin's dark colours come and go with a setting or with the evening. */
    function repaint() {
        const paint = colours();
        charts.forEach(({ kind, chart }) => {
            const [data] = chart.data.datasets;
            data.borderColor = paint.line;
            data.backgroundColor = paint.line;
            chart.options = options(kind, paint, chart.options.plugins.title.text);
            chart.update();
        });
    }

    function start() {
        document.querySelectorAll("[data-chart]").forEach(draw);
        window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
        new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["class"] });

        const period = document.querySelector(".scans__choice [name=period]");
        if (period) {
            const form = period.form;
            const show = () => form.classList.toggle("scans__choice--usual", period.value !== "own");
            period.addEventListener("change", show);
            show();
        }
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", start);
    } else {
        start();
    }
})();

"""Makes clusters.json and gap.json (scipy, scikit-learn, kmedoids), and what cluster_kmeans_r.json holds of R's Lloyd again with numpy."""
import numpy as np
from kmedoids import KMedoids
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.metrics import adjusted_rand_score, silhouette_samples, silhouette_score

from reference_data import committed, iris, lalonde, versions


def in_order(labels):
    """Clusters numbered from 0 in order of first appearance."""
    seen = {}
    return [seen.setdefault(int(label), len(seen)) for label in labels]


def ward(points, ks):
    tree = linkage(points, "ward")
    cuts = {str(k): in_order(cut_tree(tree, k)[:, 0]) for k in ks}
    return {"heights": tree[-12:, 2].tolist(), "sum_of_heights": float(tree[:, 2].sum()), "cut": cuts}


def gower(data, numbers, codes):
    parts = [np.abs(v[:, None] - v[None, :]) / np.ptp(v) for v in (data[n].to_numpy(float) for n in numbers)]
    parts += [(v[:, None] != v[None, :]).astype(float) for v in (data[c].to_numpy() for c in codes)]
    return sum(parts) / len(parts)


def pam(distances, k):
    found = KMedoids(k, metric="precomputed", method="fastpam1", init="build").fit(distances)
    labels = in_order(found.labels_)
    return {
        "cost": float(distances[np.arange(len(distances)), found.medoid_indices_[found.labels_]].sum()),
        "medoids_1based": sorted(int(m) + 1 for m in found.medoid_indices_),
        "clusters": labels,
        "silhouette": float(silhouette_score(distances, labels, metric="precomputed")),
    }


def lloyd(points, given):
    """Lloyd's algorithm from the given rows; R's other algorithms end elsewhere and are R's alone."""
    centres = points[[row - 1 for row in given["start_rows_1based"]]]
    while True:
        labels = ((points[:, None, :] - centres[None]) ** 2).sum(2).argmin(1)
        moved = np.array([points[labels == k].mean(0) for k in range(len(centres))])
        if (moved == centres).all():
            break
        centres = moved
    within = [float(((points[labels == k] - centres[k]) ** 2).sum()) for k in range(len(centres))]
    total = float(((points - points.mean(0)) ** 2).sum())
    again = {
        "cluster": (labels + 1).tolist(),
        "centers": centres.tolist(),
        "withinss": within,
        "tot_withinss": sum(within),
        "betweenss": total - sum(within),
        "totss": total,
        "size": np.bincount(labels).tolist(),
        "silhouette_mean": float(silhouette_score(points, labels)),
        "silhouette": silhouette_samples(points, labels).tolist(),
    }
    return {key: again.get(key, value) for key, value in given.items()}


def dispersion(points, ks):
    tree = linkage(points, "ward")
    labels = [cut_tree(tree, k)[:, 0] for k in ks]
    return [float(sum(((points[own == c] - points[own == c].mean(0)) ** 2).sum() for c in set(own))) for own in labels]


def gap(points):
    ks = [1, 2, 3, 4, 5, 6]
    i, j = np.arange(1, 151)[:, None] ** 2, np.arange(4)[None, :]
    samples = [dispersion((i * np.sqrt(j + 2 + 5 * b)) % 1, ks) for b in range(3)]
    own, logs = dispersion(points, ks), np.log(samples)
    return {
        "made_with": versions("scipy", "numpy"),
        "samples": committed("gap.json")["samples"],
        "ks": ks,
        "iris_ward_within": own,
        "samples_ward_within": samples,
        "gap": (logs.mean(0) - np.log(own)).tolist(),
        "spread": (logs.std(0) * np.sqrt(1 + 1 / 3)).tolist(),
    }


def make():
    points, data = iris(), lalonde()
    raw = data[["age", "educ", "re74", "re75", "re78"]].to_numpy(float)
    standard = (raw - raw.mean(0)) / raw.std(0, ddof=1)
    numbers, codes = ["age", "educ", "re74"], ["race", "married", "nodegree"]
    distances = gower(data, numbers, codes)
    species = np.repeat([0, 1, 2], 50)
    flowers, people = ward(points, [2, 3, 5]), ward(standard, [3, 6])
    given = committed("cluster_kmeans_r.json")
    runs = {name: lloyd(points, run) if run["algorithm"] == "Lloyd" else run for name, run in given["iris"].items()}
    return {
        "clusters.json": {
            "made_with": versions("scikit-learn", "scipy", "kmedoids", "numpy", "pandas"),
            "note": committed("clusters.json")["note"],
            "ward_iris": flowers,
            "ward_lalonde_standardised": {**people, "silhouette_k6": float(silhouette_score(standard, people["cut"]["6"]))},
            "pam_gower_lalonde": {
                **{"numbers": numbers, "codes": codes, "sum_of_distances": float(distances.sum() / 2)},
                "first_row": distances[0, :20].tolist(),
                **{str(k): pam(distances, k) for k in [2, 3, 5]},
            },
            "ari_iris_species_ward3": float(adjusted_rand_score(species, flowers["cut"]["3"])),
            "ari_iris_ward2_ward5": float(adjusted_rand_score(flowers["cut"]["2"], flowers["cut"]["5"])),
        },
        "gap.json": gap(points),
        "cluster_kmeans_r.json": {**given, "iris": runs},
    }
